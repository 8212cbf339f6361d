import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ExaminedFinding } from '../../../source/model/diagnosis.ts';
import type { Finding } from '../../../source/model/finding.ts';
import type { NoSampleCode } from '../../../source/model/usage.ts';
import { contextOf, footerHints } from '../../../source/ui/keymap.ts';
import { isProofGone, provedFinding } from '../../../source/ui/reduce/proof.ts';
import { reduce } from '../../../source/ui/reducer.ts';
import { answerOf, podRow } from '../fake-host.ts';
import { layout, Player, wideLayout } from './player.ts';

const own = (id: string, fields: Partial<Finding> = {}): Finding => ({
	id,
	severity: 'error',
	subject: 'cluster',
	facts: {},
	since: 0,
	...fields,
});

const examined = (id: string, fields: Partial<ExaminedFinding> = {}): ExaminedFinding => ({
	...own(id),
	certainty: 'proved',
	subjects: ['cluster'],
	because: [{ request: 'GET /apis/metrics.k8s.io', status: 404, quote: '404 page not found' }],
	rulesOut: [],
	candidates: [],
	wouldDecide: [],
	consequences: [],
	unchecked: [],
	insteadOf: [],
	...fields,
});

/** The cursor on a pod without a sample, and these findings. */
function lacking(code: NoSampleCode, findings: readonly Finding[]): Player {
	const player = new Player(3, wideLayout);
	player.fleet.pods[0] = { ...podRow(0), usage: { kind: 'none', code } };
	player.answer();
	find(player, findings);
	return player;
}

function find(player: Player, findings: readonly Finding[]): void {
	const { asked } = player.state.lists.diagnostics;
	assert.ok(asked);
	const rows = { rows: findings, total: findings.length, matched: findings.length };
	player.do({ type: 'host', message: { ...answerOf(player.fleet, asked), ...rows } as never });
}

describe('x where there is no sample', () => {
	const pod = 'pod/default/web-0000';

	test('opens the finding that explains it, Esc comes back, and x again opens the ledger', () => {
		const finding = examined('one-container-lacks-sample', { subjects: [pod] });
		const player = lacking('one-container-lacks-sample', [own('clock-skew'), finding]);
		player.press('x');
		assert.equal(contextOf(player.state), 'proof');
		assert.equal(provedFinding(player.state)?.id, 'one-container-lacks-sample');
		player.press('esc');
		assert.equal(player.state.proof, null);
		assert.equal(player.list.cursor, 'pod-0');
		player.press('x', 'x');
		assert.equal(player.state.proof, null);
		assert.deepEqual(player.state.explained?.subject, { kind: 'pod', uid: 'pod-0' });
	});

	test('prefers what the doctor says of it, then what the doctor says instead, then what the monitor says', () => {
		const code = 'apiservice-unavailable';
		const its = examined('one-container-lacks-sample', { subjects: [pod] });
		const instead = examined('apiservice-missing-endpoints', { insteadOf: [code] });
		const monitors = own(code);
		const other = examined('other-apiservice-broken');
		for (const [findings, id] of [
			[[other, monitors, instead, its], its.id],
			[[other, monitors, instead], instead.id],
			[[other, monitors], monitors.id],
			[[other], undefined],
		] as const) {
			const player = lacking(code, findings);
			player.press('x');
			assert.equal(provedFinding(player.state)?.id, id);
		}
	});

	test('goes to the node where that is lost', () => {
		const player = lacking('node-without-samples', [
			own('pods-without-samples', { facts: { code: 'node-without-samples' } }),
			examined('kubelet-timeout', { subjects: ['node/n01'] }),
		]);
		player.press('x');
		assert.equal(provedFinding(player.state)?.id, 'kubelet-timeout');
	});

	test('says so in the key line, and asks for the findings while it is open', () => {
		const player = new Player(3, layout);
		player.fleet.pods[0] = { ...podRow(0), usage: { kind: 'none', code: 'pod-finished' } };
		player.answer();
		assert.ok(footerHints(player.state).some(({ key, title }) => key === 'x' && title === 'why no sample'));
		assert.equal(player.state.lists.diagnostics.asked, null);
		player.press('x');
		assert.notEqual(player.state.lists.diagnostics.asked, null);
		player.press('q');
		assert.equal(player.leave, null);
		assert.equal(player.state.lists.diagnostics.asked, null);
	});

	test('is the ledger as before where there is a sample', () => {
		const player = lacking('pod-finished', []);
		player.press('j', 'x');
		assert.equal(player.state.proof, null);
		assert.equal(player.state.explained?.subject.uid, 'pod-1');
	});
});

describe('a finding', () => {
	function onFindings(findings: readonly Finding[]): Player {
		const player = new Player(3, wideLayout);
		player.press('4');
		find(player, findings);
		return player;
	}

	test('opens its proof by x, follows what is known of it, and stays open when it is gone', () => {
		const player = onFindings([own('metrics-empty'), own('clock-skew')]);
		player.press('j', 'x');
		assert.equal(provedFinding(player.state)?.id, 'clock-skew');
		find(player, [own('clock-skew', { facts: { seconds: 75 } })]);
		assert.deepEqual(provedFinding(player.state)?.facts, { seconds: 75 });
		assert.equal(isProofGone(player.state), false);
		find(player, []);
		assert.equal(provedFinding(player.state)?.id, 'clock-skew');
		assert.equal(isProofGone(player.state), true);
		player.press('down', 'G');
		assert.equal(player.state.proof?.top, 5);
		player.press('g', 'x');
		assert.equal(player.state.proof, null);
		assert.equal(player.state.explained, null);
	});

	test('becomes what the doctor finds instead of it while its proof is open', () => {
		const player = onFindings([own('metrics-absent')]);
		player.press('x');
		find(player, [examined('other-apiservice-broken'), examined('heapster-only', { insteadOf: ['metrics-absent'] })]);
		assert.equal(provedFinding(player.state)?.id, 'heapster-only');
		assert.equal(isProofGone(player.state), false);
	});

	test('has its first command copied by c, from the list and from its proof', () => {
		const player = onFindings([examined('api-group-absent'), own('clock-skew')]);
		const copied = () => reduce(player.state, { type: 'key', key: 'c' }, wideLayout);
		assert.match(copied().copy ?? '', /^kubectl get apiservices,deployments -A/);
		player.press('j');
		assert.equal(copied().copy, 'date -u');
		assert.equal(copied().state.notice, 'copied: date -u');
		player.press('x');
		assert.equal(copied().copy, 'date -u');
	});

	test('is what c needs', () => {
		const player = new Player();
		const { copy, state } = reduce(player.state, { type: 'key', key: 'c' }, layout);
		assert.equal(copy, undefined);
		assert.match(state.notice, /go to the diagnostics with 4/);
		assert.ok(!footerHints(player.state).some(({ key }) => key === 'c'));
	});
});
