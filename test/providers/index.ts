import { byteplus } from './byteplus';
import { compatible } from './compatible';
import { evolink } from './evolink';
import { fal } from './fal';
import type { Asynchronous, ProviderFixture, Synchronous, Taker } from './fixture';
import { kie } from './kie';
import { novita } from './novita';
import { replicate } from './replicate';
import { tokaify } from './tokaify';
import { uniall } from './uniall';
import { volcengine } from './volcengine';
import { wavespeed } from './wavespeed';

/** Every provider, as the suites see it. Adding one is a file and a line here. */
export const FIXTURES: readonly ProviderFixture[] = [
	evolink,
	kie,
	novita,
	uniall,
	tokaify,
	byteplus,
	volcengine,
	wavespeed,
	replicate,
	compatible,
	fal,
];

export type SynchronousFixture = ProviderFixture & { synchronous: Synchronous };

function isSynchronous(fixture: ProviderFixture): fixture is SynchronousFixture {
	return fixture.synchronous !== undefined;
}

/** The providers that answer a request with the finished images. */
export const SYNCHRONOUS: readonly SynchronousFixture[] = FIXTURES.filter(isSynchronous);

export type AsynchronousFixture = ProviderFixture & { asynchronous: Asynchronous };

function isAsynchronous(fixture: ProviderFixture): fixture is AsynchronousFixture {
	return fixture.asynchronous !== undefined;
}

/** The providers with tasks. */
export const ASYNCHRONOUS: readonly AsynchronousFixture[] = FIXTURES.filter(isAsynchronous);

/** One of them for each dialect: where one speaks another's to the letter, it is left out. */
export const SYNCHRONOUS_DIALECTS = SYNCHRONOUS.filter(({ sameAs }) => sameAs === undefined);

/** The fixture with this ID. */
export function fixtureOf(id: string): ProviderFixture {
	const fixture = FIXTURES.find((one) => one.id === id);
	if (!fixture) throw new Error(`There is no test/providers/${id}.ts in test/providers/index.ts`);
	return fixture;
}

/** Where files go as data URIs: at the provider itself, or at the one whose dialect it speaks. */
export function takersOf({ takers = [], sameAs }: ProviderFixture): readonly Taker[] {
	return sameAs === undefined ? takers : takersOf(fixtureOf(sameAs));
}
