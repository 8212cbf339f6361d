import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Cause, proved, ruledOut } from '../../source/diagnose/cause.ts';
import { emptyReply } from '../../source/diagnose/evidence/answer.ts';
import { answerOf, factsOf } from '../../source/diagnose/evidence/evidence.ts';
import { examine, type Progress } from '../../source/diagnose/examine.ts';
import type { AnyProbe } from '../../source/diagnose/probe.ts';
import type { StepId } from '../../source/diagnose/step.ts';

const answered = { ...emptyReply, outcome: 'answered', status: 200, value: null } as const;

function probe(id: AnyProbe['id'], step: StepId, more: Partial<AnyProbe> = {}): AnyProbe {
	const whole = {
		id,
		step,
		cost: 1,
		needs: '',
		timeLimit: 60_000,
		when: () => true,
		ask: async () => answered,
		...more,
	};
	return whole as AnyProbe;
}

const run = (probes: readonly AnyProbe[], causes: readonly Cause[] = [], timeLimit = 60_000) => {
	const progress: Progress[] = [];
	return examine({
		probes,
		causes,
		patient: { kind: 'cluster' },
		namespace: null,
		timeLimit,
		reach: () => Promise.reject(new Error('no cluster')),
		now: () => 0,
		onProgress: (one) => progress.push(one),
	}).then((examination) => ({ ...examination, progress }));
};

const cause = (id: string, terminal: boolean, judge: Cause['judge']): Cause => ({
	id,
	family: 'network',
	severity: 'error',
	needs: [],
	explains: [],
	terminal,
	symptoms: [],
	judge,
});

describe('an examination', () => {
	test('asks step by step, whatever the order of the registry', async () => {
		const { asked } = await run([probe('log', 'scraping'), probe('version', 'reach'), probe('kubeconfig', 'local')]);
		assert.deepEqual(asked, ['kubeconfig', 'version', 'log']);
	});

	test('asks side by side, four at most', async () => {
		let now = 0;
		let most = 0;
		const ask = async () => {
			most = Math.max(most, ++now);
			await new Promise((resolve) => setImmediate(resolve));
			now--;
			return answered;
		};
		const ids = ['nodes', 'pods', 'metrics-nodes', 'metrics-pods', 'access', 'services', 'service'] as const;
		await run(ids.map((id) => probe(id, 'data', { ask })));
		assert.equal(most, 4);
	});

	test('lets a probe build on the answer of another one of its step', async () => {
		const service = probe('service', 'registration', {
			after: ['apiservice'],
			when: (evidence) => answerOf(evidence, 'apiservice').outcome === 'answered',
		});
		const { asked } = await run([service, probe('apiservice', 'registration')]);
		assert.deepEqual(asked, ['apiservice', 'service']);
	});

	test('leaves out what nothing makes worth asking, and does not wait for it', async () => {
		const service = probe('service', 'registration', { after: ['apiservice'] });
		const { asked, evidence } = await run([service, probe('apiservice', 'registration', { when: () => false })]);
		assert.deepEqual(asked, ['service']);
		assert.equal(answerOf(evidence, 'apiservice').outcome, 'not-asked');
	});

	test('stops after the step in which a terminal cause is proved', async () => {
		const terminal = cause('api-refused', true, (evidence) =>
			answerOf(evidence, 'metrics-group').outcome === 'answered' ? proved({}, []) : ruledOut,
		);
		const { asked, diagnoses, stoppedAfter } = await run(
			[probe('metrics-group', 'discovery'), probe('log', 'scraping')],
			[terminal],
		);
		assert.deepEqual(asked, ['metrics-group']);
		assert.equal(stoppedAfter, 'discovery');
		assert.deepEqual(
			diagnoses.map(({ id }) => id),
			['api-refused'],
		);
	});

	test('goes on after a cause that may have others beside it', async () => {
		const { asked } = await run(
			[probe('version', 'reach'), probe('log', 'scraping')],
			[cause('kubelet-401', false, () => proved({}, []))],
		);
		assert.deepEqual(asked, ['version', 'log']);
	});

	test('does not wait for a probe longer than it may take, even if that heeds nothing', async () => {
		const deaf = probe('version', 'reach', { timeLimit: 1, ask: () => new Promise<never>(() => {}) });
		const { evidence } = await run([deaf]);
		assert.equal(answerOf(evidence, 'version').outcome, 'timed-out');
	});

	test('ends when its time is up, with what it knows, and says so', async () => {
		const deaf = probe('version', 'reach', { ask: () => new Promise<never>(() => {}) });
		const { asked, outOfTime } = await run([probe('kubeconfig', 'local'), deaf, probe('log', 'scraping')], [], 1);
		assert.ok(outOfTime);
		assert.ok(!asked.includes('log'));
	});

	test('tells of each question and answer, and of each step', async () => {
		const { progress } = await run([probe('version', 'reach')]);
		const told = progress.flatMap((one): readonly string[] =>
			one.type === 'step' ? one.probes : [`${one.type} ${one.probe}`],
		);
		assert.deepEqual(told, ['asking version', 'answered version', 'version']);
	});

	test('lists what was refused with the right that it needs, but no right that is wider than the question', async () => {
		const refused = { ask: async () => ({ ...answered, outcome: 'forbidden', status: 403 }) as const };
		const { unchecked } = await run([
			probe('nodes', 'data', { ...refused, needs: 'list nodes' }),
			probe('kubelets', 'kubelets', { ...refused, needs: 'get nodes/proxy', sensitive: true }),
		]);
		assert.deepEqual(unchecked, [
			{ probe: 'nodes', why: 'forbidden', needs: 'list nodes' },
			{ probe: 'kubelets', why: 'forbidden', needs: '' },
		]);
	});

	test('keeps what was read', async () => {
		const version = probe('version', 'reach', {
			ask: async () => ({ ...answered, value: { gitVersion: 'v1.36.3', minor: 36 } }),
		} as Partial<AnyProbe>);
		const { evidence } = await run([version]);
		assert.equal(factsOf(evidence, 'version')?.minor, 36);
	});
});
