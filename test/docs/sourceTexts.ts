import ts from 'typescript';
import { filesOf, read } from './repository';

/** Every text that the product's sources write, with … in the place of what is put in. */
export function sourceTexts(): string[] {
	return ['nodes', 'credentials']
		.flatMap((folder) => filesOf(folder, '.ts'))
		.flatMap((file) => textsOf(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest)));
}

function textsOf(node: ts.Node): string[] {
	const texts = textOf(node);
	ts.forEachChild(node, (child) => {
		texts.push(...textsOf(child));
	});
	return texts;
}

function textOf(node: ts.Node): string[] {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (!ts.isTemplateExpression(node)) return [];
	return [[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')];
}
