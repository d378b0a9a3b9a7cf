import { repositoryRoot } from '../paths';
import { makeRelease } from './makeRelease';

/** `npm run release -- <patch | minor | major | version>`: the commit and the tag of a release, for the owner to push. */
async function main(): Promise<void> {
	const [wanted = ''] = process.argv.slice(2);
	const today = new Date().toISOString().slice(0, 10);
	const version = await makeRelease(repositoryRoot, wanted, today);
	console.log(`${version} is committed and tagged here. This publishes it, by the workflow "Release":

  git push --atomic origin main v${version}

This takes it back, as long as it is not pushed:

  git tag --delete v${version} && git reset --hard HEAD~1`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
