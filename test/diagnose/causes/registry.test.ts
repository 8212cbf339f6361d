import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Cause, families } from '../../../source/diagnose/cause.ts';
import { causes } from '../../../source/diagnose/causes.ts';
import { conclude } from '../../../source/diagnose/conclude.ts';
import { probes } from '../../../source/diagnose/probes.ts';
import { sights } from '../../../source/diagnose/sights.ts';
import { steps } from '../../../source/diagnose/step.ts';
import { toldCauses } from '../../../source/diagnose/told.ts';
import { familyTitles } from '../../../source/messages/en/doctor/families.ts';
import { probeQuestions, stepTitles } from '../../../source/messages/en/doctor/probes.ts';
import { sightTexts } from '../../../source/messages/en/doctor/sights.ts';
import { toldTexts } from '../../../source/messages/en/doctor/told.ts';
import { causeTexts } from '../../../source/messages/en/doctor.ts';
import type { Finding } from '../../../source/model/finding.ts';
import { evidenceOf, healthy } from '../evidence.ts';
import { cases } from './cases.ts';

const ids = causes.map(({ id }) => id);

/** Every cause that is true as well where this one is. */
function entailed(id: string, known = new Set<string>()): Set<string> {
	for (const next of causes.find((cause) => cause.id === id)?.entails ?? []) {
		if (!known.has(next)) {
			known.add(next);
			entailed(next, known);
		}
	}
	return known;
}

const named = ({ proves, title }: { proves: string; title?: string }): string =>
	title === undefined ? proves : `${proves} (${title})`;

describe('every cause', () => {
	test('has an id of its own, and a family that is known', () => {
		assert.equal(new Set(ids).size, ids.length);
		assert.deepEqual(
			causes.filter(({ family }) => !families.includes(family)).map(({ id }) => id),
			[],
		);
	});

	test('has a title, two sentences, a fix that is safe, and a source', () => {
		for (const { id } of causes) {
			const text = causeTexts[id];
			assert.ok(text !== undefined, `${id} has no text`);
			const factsOfNothingAndOfTwo: readonly Finding['facts'][] = [{}, { count: 2, names: 'a, b' }];
			for (const facts of factsOfNothingAndOfTwo) {
				assert.doesNotMatch(text.title(facts), /undefined|NaN|\.$/, id);
				assert.ok(text.title(facts).length > 10, id);
				const sentences = text.explanation(facts).match(/[.!?](?= |$)/g) ?? [];
				assert.ok(sentences.length >= 2 && sentences.length <= 3, `${id}: ${text.explanation(facts)}`);
			}
			const [first, ...more] = text.fixes({});
			assert.ok(first !== undefined && first.say !== '', `${id} has no fix`);
			for (const line of [first, ...more].flatMap(({ run = [] }) => run)) {
				assert.doesNotMatch(line, /undefined|NaN|nodes\/proxy\b.*create clusterrole/, id);
			}
			assert.ok(text.source !== '', `${id} has no source`);
		}
	});

	test('is the only one with such a text: no text is left over', () => {
		assert.deepEqual(
			Object.keys(causeTexts).filter((id) => !ids.includes(id)),
			[],
		);
	});

	test('says how it looks: each symptom’s sample matches its pattern', () => {
		for (const { id, symptoms } of causes) {
			assert.ok(symptoms.length > 0, `${id} has no symptom`);
			for (const { pattern, sample } of symptoms) {
				assert.match(sample, pattern, id);
			}
		}
	});

	test('rules nothing out that is true as well where it is', () => {
		for (const { id, rulesOut = [] } of causes) {
			const following = entailed(id);
			assert.deepEqual(
				rulesOut.filter((one) => following.has(one)),
				[],
				id,
			);
		}
	});

	test('names only probes and sights that exist', () => {
		const known = new Set<string>(probes.map(({ id }) => id));
		const unknown = causes.flatMap(({ id, needs }) =>
			needs.filter((one) => !known.has(one)).map((one) => `${id}: ${one}`),
		);
		assert.deepEqual(unknown, []);
		assert.deepEqual(
			causes.flatMap(({ explains }) => explains.filter((one) => !Object.hasOwn(sights, one))),
			[],
		);
	});

	test('names only causes that there are, as what follows from it and as what it rules out', () => {
		assert.deepEqual(
			causes.flatMap(({ entails = [], rulesOut = [] }) =>
				[...entails, ...rulesOut].filter((one) => !ids.includes(one)),
			),
			[],
		);
	});

	test('is proved by the evidence of at least one case', () => {
		const proved = new Set(cases.map(({ proves }) => proves));
		assert.deepEqual(
			ids.filter((id) => !proved.has(id)),
			[],
		);
	});

	test('is ruled out where nothing is wrong', () => {
		const evidence = evidenceOf(healthy);
		const suspected = causes.filter((cause) => cause.judge(evidence).verdict !== 'ruled-out').map(({ id }) => id);
		assert.deepEqual(suspected, []);
		assert.deepEqual(conclude(evidence, causes, probes), []);
	});

	test('is not proved where nothing was answered', () => {
		const evidence = evidenceOf({});
		assert.deepEqual(
			causes.filter((cause) => cause.judge(evidence).verdict === 'proved').map(({ id }) => id),
			[],
		);
	});
});

describe('what is told by its text only', () => {
	test('has an id of its own, a family, a text with the reason, and a text that leads to it', () => {
		assert.deepEqual(
			toldCauses.map(({ id }) => id).filter((id) => ids.includes(id)),
			[],
		);
		assert.deepEqual(Object.keys(toldTexts).toSorted(), toldCauses.map(({ id }) => id).toSorted());
		for (const { family, id, symptoms } of toldCauses) {
			assert.ok(families.includes(family), id);
			assert.ok((toldTexts[id]?.whyOnlyTold ?? '').length > 10, id);
			assert.doesNotMatch(toldTexts[id]?.title({}) ?? '.', /\.$/, id);
			const sentences = toldTexts[id]?.explanation({}).match(/[.!?](?= |$)/g) ?? [];
			assert.ok(sentences.length >= 2 && sentences.length <= 3, id);
			assert.ok(symptoms.length > 0, id);
			for (const { pattern, sample } of symptoms) {
				assert.match(sample, pattern, id);
			}
		}
	});
});

describe('the evidence of', () => {
	for (const one of cases) {
		test(`${named(one)} proves it, and none of its look-alikes`, () => {
			const allowed = new Set([one.proves, ...entailed(one.proves), ...Object.keys(one.also ?? {})]);
			const verdict = (cause: Cause) => cause.judge(one.evidence).verdict;
			const proved = causes.filter((cause) => verdict(cause) === 'proved').map(({ id }) => id);
			const certainty = one.certainty ?? 'proved';
			assert.equal(causes.find(({ id }) => id === one.proves)?.judge(one.evidence).verdict, certainty);
			assert.deepEqual(
				proved.filter((id) => !allowed.has(id)),
				[],
			);
		});

		test(`${named(one)} leaves no sight unexplained`, () => {
			const found = conclude(one.evidence, causes, probes);
			assert.deepEqual(
				found.filter(({ certainty }) => certainty !== 'proved').map(({ id }) => id),
				one.certainty === undefined ? [] : [one.proves],
			);
			const [finding] = found.filter(({ id }) => id === one.proves);
			assert.ok(finding !== undefined);
			assert.ok(finding.because.length > 0, 'it says what was seen');
			assert.ok(
				finding.because.every(({ request }) => request !== ''),
				'and by which request',
			);
		});
	}
});

describe('the words of the doctor', () => {
	test('are there for every probe, step, family and sight', () => {
		assert.deepEqual(
			probes.map(({ id }) => id).filter((id) => !probeQuestions[id]),
			[],
		);
		assert.deepEqual(
			steps.filter((step) => !stepTitles[step]),
			[],
		);
		assert.deepEqual(
			families.filter((family) => !familyTitles[family]),
			[],
		);
		assert.deepEqual(Object.keys(sights).toSorted(), Object.keys(sightTexts).toSorted());
	});

	test('never ask to grant what is wider than the question', () => {
		const sensitive = probes.filter(({ needs }) => /proxy/.test(needs));
		assert.deepEqual(
			sensitive.filter((probe) => probe.sensitive !== true).map(({ id }) => id),
			[],
		);
	});
});
