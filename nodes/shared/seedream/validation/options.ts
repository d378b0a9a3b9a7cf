import type { Background, ModelSpec, OutputFormat } from '../models';
import type { Provider, ProviderModel } from '../providers/provider';
import type { ImageOptions, ImageRequest } from '../request';
import { formatList } from '../references';
import { limitProblem, type Problem } from './problem';

/** Which options a model has a field for. */
export interface OptionLimits extends Pick<
	ModelSpec,
	| 'promptPriorities'
	| 'outputFormats'
	| 'saidFormat'
	| 'watermark'
	| 'backgrounds'
	| 'transparencyOfReference'
	| 'webSearch'
	| 'seed'
	| 'isSearchUndocumented'
	| 'stream'
> {
	/** Whether nobody knows what the model makes by itself, so that it is asked for in any case. */
	hasUnknownDefaults?: boolean;
}

/** What at least one of these models has: a custom one may have it too. */
export function optionsOfAnyModel(models: readonly ProviderModel[]): OptionLimits {
	const all = models.map(({ spec }) => spec);
	return {
		hasUnknownDefaults: true,
		promptPriorities: all.flatMap(({ promptPriorities }) => promptPriorities),
		outputFormats: all.flatMap(({ outputFormats }) => outputFormats),
		watermark: all.some(({ watermark }) => watermark),
		backgrounds: [...new Set(all.flatMap(({ backgrounds }) => backgrounds))],
		webSearch: all.some(({ webSearch }) => webSearch),
		seed: all.some(({ seed }) => seed),
		isSearchUndocumented: all.some(({ isSearchUndocumented }) => isSearchUndocumented),
		stream: all.some(({ stream }) => stream),
	};
}

/** Options as a model takes them, what was left out, and what stands in the way. */
export interface FittedOptions {
	options: ImageOptions;
	problems: Problem[];
	warnings: string[];
}

/**
 * Leaves out the options that are at the model's default or that it has no field for. An option
 * that changes the picture is a problem instead; one that does not is named in the warnings.
 * `model` names the model and its provider to the user.
 */
export function fitOptions(
	request: ImageRequest,
	spec: OptionLimits,
	provider: Provider,
	model: string,
): FittedOptions {
	const {
		promptPriority,
		outputFormat: _,
		background,
		user,
		seed,
		stream,
		...rest
	} = request.options;
	const format = formatOf(request, spec);
	const hasFast = spec.promptPriorities.includes('fast');
	const wantsFast = promptPriority === 'fast';
	return {
		options: {
			...rest,
			...(wantsFast && hasFast && { promptPriority }),
			...(format && { outputFormat: format }),
			...(isToBeSaid(background, spec.backgrounds, spec) && { background }),
			...(user && provider.supportsUser && { user }),
			...(seed !== undefined && spec.seed && { seed }),
			stream: stream && spec.stream,
		},
		problems: pictureProblems(request, spec, model).map((text) => limitProblem(text)),
		warnings: [
			...(wantsFast && !hasFast ? [leftOut('Prompt Priority', model)] : []),
			...(user && !provider.supportsUser ? [leftOut('End User ID', model)] : []),
			...(seed !== undefined && !spec.seed ? [leftOut('Seed', model)] : []),
			...transparencyWarnings(request, spec, model),
			...(rest.webSearch && spec.isSearchUndocumented ? [searchUndocumented(model)] : []),
			...(stream && !spec.stream ? [leftOut('Stream', model)] : []),
		],
	};
}

/** The format that is said: that of a transparent image in any case, which is to be a PNG. */
function formatOf({ options }: ImageRequest, spec: OptionLimits): OutputFormat | undefined {
	const { outputFormat, background } = options;
	const isClear = background === 'transparent' && spec.outputFormats.includes('png');
	if (isClear) return outputFormat ?? 'png';
	if (spec.saidFormat) return outputFormat ?? spec.saidFormat;
	return isToBeSaid(outputFormat, spec.outputFormats, spec) ? outputFormat : undefined;
}

/** Whether the model has the choice, and would not make it by itself. */
function isToBeSaid<Choice extends string>(
	chosen: Choice | undefined,
	choices: readonly Choice[],
	{ hasUnknownDefaults }: OptionLimits,
): boolean {
	if (chosen === undefined || !choices.includes(chosen)) return false;
	return hasUnknownDefaults === true || choices[0] !== chosen;
}

function leftOut(option: string, model: string): string {
	return `${option} was left out: ${model} has no such option.`;
}

function transparencyWarnings(
	{ options, references }: ImageRequest,
	spec: OptionLimits,
	model: string,
): string[] {
	const isUnclear = spec.transparencyOfReference === 'unclear' && references.length !== 1;
	if (options.background !== 'transparent' || !isUnclear) return [];
	return [
		`Background is transparent without exactly 1 reference image. EvoLink demands one for this model; whether ${model} does is not documented.`,
	];
}

/** The pages of BytePlus are silent on it, and a user reports HTTP 400 (nextbound/bragi-canvas PR 42, June 2026). */
function searchUndocumented(model: string): string {
	return `Web Search is not documented for ${model}, and may be refused.`;
}

function backgroundProblem(
	chosen: string,
	backgrounds: readonly Background[],
	model: string,
): string {
	return backgrounds.length === 0
		? `Background is ${chosen}, and ${model} makes opaque images only. Choose Opaque.`
		: `Background is ${chosen}, and ${model} has ${backgrounds.join(', ')}. Choose one of these.`;
}

function pictureProblems(request: ImageRequest, spec: OptionLimits, model: string): string[] {
	const { options } = request;
	const problems: string[] = [];
	const { outputFormat } = options;
	if (outputFormat === 'png' && spec.outputFormats.length === 0) {
		problems.push(`Output Format is PNG, and ${model} has no choice of format. Leave it out.`);
	}
	const [onlyFormat] = spec.outputFormats;
	if (outputFormat && onlyFormat && !spec.outputFormats.includes(outputFormat)) {
		problems.push(
			`Output Format is ${outputFormat.toUpperCase()}, and ${model} makes ${formatList(spec.outputFormats)} only. Leave it out.`,
		);
	}
	if (options.background === 'auto' && !spec.backgrounds.includes('auto')) {
		problems.push(backgroundProblem('Auto', spec.backgrounds, model));
	}
	if (options.webSearch && !spec.webSearch) {
		problems.push(`Web Search is on, and ${model} cannot search. Switch it off.`);
	}
	if (options.watermark && !spec.watermark) {
		problems.push(`Watermark is on, and ${model} cannot add one. Switch it off.`);
	}
	if (options.background === 'transparent') {
		problems.push(...transparencyProblems(request, spec, model));
	}
	return problems;
}

function transparencyProblems(request: ImageRequest, spec: OptionLimits, model: string): string[] {
	if (!spec.backgrounds.includes('transparent')) {
		return [backgroundProblem('transparent', spec.backgrounds, model)];
	}
	const problems: string[] = [];
	const [formatByItself] = spec.outputFormats;
	if ((request.options.outputFormat ?? formatByItself) !== 'png') {
		problems.push('Background is transparent, which needs the Output Format PNG. Choose PNG.');
	}
	if (spec.transparencyOfReference === 'demanded' && request.references.length !== 1) {
		problems.push(
			`Background is transparent, which needs exactly 1 reference image with transparent parts; there are ${request.references.length}.`,
		);
	}
	return problems;
}
