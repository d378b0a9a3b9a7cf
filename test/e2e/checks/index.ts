import { agentExample } from './agentExample';
import { agentChecks } from './agentTool';
import { badInputChecks, stillAlive, unreadableCreate } from './badInput';
import { filesAreNamed, maxImagesHolds, validatedIsWhatIsSent } from './beforePaying';
import { pairOfExamples } from './callbackExamples';
import type { Check } from './check';
import { communityInstallation } from './communityInstallation';
import { devLoop } from './devLoop';
import { actionsInNodeCreator } from './editorActions';
import { choicesOfModels } from './editorChoices';
import { credentialsDemandBaseUrl } from './editorCredentials';
import { layersInOutputPanel } from './editorLayers';
import { modelsOfCredentials } from './editorModels';
import { imageInOutputPanel, nothingLeftTheEditor } from './editorOutput';
import { fieldsOfEachOperation } from './editorPanels';
import { examplesOnCanvas } from './editorPictures';
import { wordsInNodeCreator } from './editorSearch';
import { triggerPanel } from './editorTrigger';
import { warningsInOutputPanel } from './editorWarnings';
import { editBinaryAndUrl } from './edit';
import { exampleChecks } from './examples';
import { generateSet } from './generate';
import { nothingLeft } from './isolation';
import { boundedMemory } from './memory';
import { continuesWithTheOthers, stopsBeforeSending } from './mixedItems';
import {
	cutAfterAcceptance,
	cutWithMovingPrompt,
	deafQueries,
	failingQueries,
	movingPrompts,
	refusedWithServerError,
} from './money';
import { credentialTest, packageListed } from './package';
import { portableChecks } from './portable';
import { refusedQueries } from './refusedQuery';
import { stopDuringPolling } from './stop';

const headless = [
	packageListed,
	communityInstallation,
	credentialTest,
	generateSet,
	validatedIsWhatIsSent,
	filesAreNamed,
	maxImagesHolds,
	stopsBeforeSending,
	continuesWithTheOthers,
	refusedWithServerError,
	cutAfterAcceptance,
	cutWithMovingPrompt,
	movingPrompts,
	failingQueries,
	deafQueries,
	...refusedQueries,
	...agentChecks,
	stopDuringPolling,
	editBinaryAndUrl,
	...badInputChecks,
	unreadableCreate,
	stillAlive,
	...exampleChecks,
	pairOfExamples,
	...agentExample,
	...portableChecks,
	boundedMemory,
	devLoop,
];
/** Those that take the pictures of the repository. */
export const pictureChecks: Check[] = [...imageInOutputPanel, examplesOnCanvas];

const inBrowser: Check[] = [
	actionsInNodeCreator,
	wordsInNodeCreator,
	modelsOfCredentials,
	credentialsDemandBaseUrl,
	fieldsOfEachOperation,
	choicesOfModels,
	...pictureChecks,
	...layersInOutputPanel,
	...warningsInOutputPanel,
	...triggerPanel,
	nothingLeftTheEditor,
];

/** Every check in the order in which they run; those that need a browser only where there is one. */
export function allChecks(browser: boolean): Check[] {
	return [...headless, ...(browser ? inBrowser : []), nothingLeft];
}
