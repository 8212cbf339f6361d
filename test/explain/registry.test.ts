/** Every tool, bridge, term, slice, truth, reason and need that the code can name has words. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bridgeMakers } from '../../source/explain/bridges.ts';
import { claimMakers } from '../../source/explain/claims.ts';
import { truthMakers } from '../../source/explain/truths.ts';
import {
	bridgeTitles,
	needsMessages,
	residualMessages,
	termNames,
	toolHelp,
	toolNames,
	truthMessages,
} from '../../source/messages/en/ledger.ts';

const explain = fileURLToPath(new URL('../../source/explain/', import.meta.url));

function sources(folder = ''): string {
	return readdirSync(`${explain}${folder}`, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
		.join('\n');
}

/** All words that the code writes at places that match, for example `planned('kernel'`. */
function named(text: string, pattern: RegExp): string[] {
	const places = [...text.matchAll(pattern)].map((match) => match[1] ?? '');
	return [...new Set(places.flatMap((place) => [...place.matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? '')))];
}

describe('registries', () => {
	test('every maker of claims has a name and a line of help, and no name is without its maker', () => {
		const tools = claimMakers.map(({ tool }) => tool);
		assert.equal(new Set(tools).size, tools.length);
		assert.deepEqual(tools.toSorted(), Object.keys(toolNames).toSorted());
		assert.deepEqual(tools.toSorted(), Object.keys(toolHelp).toSorted());
		assert.ok(claimMakers.every((maker) => maker.memory !== undefined || maker.cpu !== undefined));
	});

	test('every bridge from B1 to B10 is there once and has a title', () => {
		const ids = bridgeMakers.map(({ id }) => id);
		assert.deepEqual(ids.toSorted(), Object.keys(bridgeTitles).toSorted());
	});

	test('every truth has a message, and every message its truth', () => {
		assert.deepEqual(truthMakers.map(({ id }) => id).toSorted(), Object.keys(truthMessages).toSorted());
	});

	test('every term that a bridge plans has a name, and every name its term', () => {
		const text = sources('bridges');
		const terms = named(text, /(?:planned\(|difference\(|\bid: )\s*('[a-z-]+')/g);
		assert.ok(terms.length > 20);
		assert.deepEqual(terms.toSorted(), Object.keys(termNames).toSorted());
	});

	test('every reason of a residual has a message, and every message its reason', () => {
		const text = sources('bridges');
		const reasons = [...named(text, /reasons\.push\(('[a-z-]+')/g), ...named(text, /first:[^\n]*?(\[.*?\])/g)];
		assert.deepEqual([...new Set(reasons)].toSorted(), Object.keys(residualMessages).toSorted());
	});

	test('everything that a claim can need has a message', () => {
		const text = sources();
		const needs = named(text, /needs: (?:[^,}'\n]*(?:\?|\|\|) )?('[^,}]*)/g);
		for (const id of new Set([...needs, 'exec', 'proc'])) {
			assert.ok(id in needsMessages, id);
		}
		assert.ok(needs.length > 8);
		// Beside a tool's name and the number that is not there, at 80 columns.
		for (const words of Object.values(needsMessages)) assert.ok(words.length <= 44, words);
	});

	test('nothing of the explanation reads files, asks the time or imports more than the model and the messages', () => {
		for (const [, path] of sources().matchAll(/from '([^']+)'/g)) {
			assert.match(path ?? '', /^(\.\.?\/)+(model\/|messages\/en\/ledger|[a-z-]+(\/[a-z-]+)?\.ts$)/);
		}
		assert.doesNotMatch(sources(), /Date\.now|new Date|from 'node:|process\.(env|std|hr)/);
	});
});
