import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';

const program = new URL('../../bin/whytop.js', import.meta.url).pathname;

function explain(...words: string[]) {
	const { status, stderr, stdout } = spawnSync(process.execPath, [program, 'explain', ...words], {
		encoding: 'utf8',
		env: { ...process.env, KUBECONFIG: '/nonexistent/kubeconfig' },
	});
	return { status, stderr, stdout };
}

const onLinux = { skip: existsSync('/proc/meminfo') ? false : 'this machine has no /proc' };

interface PrintedLedger {
	kind: string;
	subject: string;
	claims: { tool: string; value: number | null; printed: string }[];
	bridges: {
		id: string;
		from: string;
		to: string;
		source: number;
		target: number;
		residual: number;
		terms: { value: number }[];
	}[];
}

describe('whytop explain', () => {
	test('lists what can be explained, and the tools', () => {
		const { status, stdout } = explain('--list');
		assert.equal(status, 0);
		for (const word of ['pod/NAME', 'docker/NAME', 'kubectl-top-pod', 'B10']) {
			assert.ok(stdout.includes(word), word);
		}
	});

	test(
		'explains this machine: what free calls used is the node’s working set and its terms, to the byte',
		onLinux,
		() => {
			const { status, stdout } = explain('host', '-o', 'json');
			assert.equal(status, 0);
			const ledger: PrintedLedger = JSON.parse(stdout);
			assert.equal(ledger.kind, 'Ledger');
			assert.equal(ledger.subject, 'host');
			const bridge = ledger.bridges.find(({ id, to }) => id === 'B3' && to === 'free');
			assert.ok(bridge, 'there is no bridge to free');
			const terms = bridge.terms.reduce((sum, { value }) => sum + value, 0);
			assert.equal(bridge.source + terms + bridge.residual, bridge.target);
			const free = ledger.claims.find(({ tool }) => tool === 'free');
			assert.equal(free?.value, bridge.target);
		},
	);

	test('explains a process of this machine', onLinux, () => {
		const { status, stdout } = explain(`pid/${process.pid}`);
		assert.equal(status, 0);
		assert.match(stdout, /top \(ΣRES\)\s+[\d.]+/);
	});

	test('prints only the way between two tools', onLinux, () => {
		const { status, stdout } = explain('host', '--from', 'kubectl-top-node', '--to', 'free');
		assert.equal(status, 0);
		assert.match(stdout, /^B3 /);
		assert.doesNotMatch(stdout, /Worth knowing/);
	});

	for (const [words, status, says] of [
		[[], 2, /takes one subject/],
		[['banana'], 2, /does not say what kind of thing it is/],
		[['host', '--from', 'free'], 2, /belong together/],
		[['host', '--from', 'free', '--to', 'abacus'], 2, /there is no tool "abacus"/],
		[['host', '-o', 'xml'], 2, /"xml" is none of them/],
		[['pid/4194300'], 1, /no process 4194300/],
		[['cgroup/no/such/group'], 1, /no cgroup \/no\/such\/group/],
		[['pod/web-0'], 2, /no kubeconfig/],
	] as const) {
		test(`answers ${words.join(' ') || 'nothing'} with a sentence and ${status}`, onLinux, () => {
			const answer = explain(...words);
			assert.equal(answer.status, status, answer.stderr);
			assert.match(answer.stderr, says);
			assert.doesNotMatch(answer.stderr, /\bat .*\.js:\d+/);
		});
	}
});
