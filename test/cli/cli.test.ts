import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const program = new URL('../../bin/whytop.js', import.meta.url).pathname;

function whytop(words: string[], { file = program, node = [] as string[] } = {}) {
	const { status, stderr, stdout } = spawnSync(process.execPath, [...node, file, ...words], { encoding: 'utf8' });
	return { status, stderr, stdout };
}

describe('the command line', () => {
	test('says its version', () => {
		const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
		assert.deepEqual(whytop(['--version']), { status: 0, stdout: `whytop ${version}\n`, stderr: '' });
	});

	test('helps, with every command and exit code', () => {
		const { status, stdout } = whytop(['--help']);
		assert.equal(status, 0);
		assert.match(stdout, /whytop top nodes\|pods\|containers/);
		assert.match(stdout, /--insecure-skip-tls-verify/);
		assert.match(stdout, /Exit codes:/);
	});

	test('helps with one command without the flags of the others', () => {
		const { stdout } = whytop(['top', '--help']);
		assert.match(stdout, /--show-capacity/);
		assert.doesNotMatch(stdout, /--freeze-clock/);
	});

	test('helps with one command with the flags that it shares with another', () => {
		assert.match(whytop(['doctor', '--help']).stdout, /--output FORMAT/);
	});

	test('calls itself kubectl whytop when kubectl calls it', (t) => {
		const folder = mkdtempSync(join(tmpdir(), 'whytop-plugin-'));
		t.after(() => rmSync(folder, { recursive: true }));
		const plugin = join(folder, 'kubectl-whytop');
		symlinkSync(program, plugin);
		assert.match(whytop(['--help'], { file: plugin }).stdout, /kubectl whytop top/);
	});

	test('points to a table where there is no terminal', () => {
		const { status, stderr, stdout } = whytop([]);
		assert.equal(status, 2);
		assert.equal(stdout, '');
		assert.match(stderr, /^whytop: the monitor needs a terminal.*whytop top pods -A\n$/);
	});

	for (const [words, says] of [
		[['frobnicate'], /there is no command "frobnicate"; there are monitor, top, explain, doctor, demo/],
		[['--frobnicate'], /there is no flag --frobnicate/],
		[['top', 'pods', '--all-namespace'], /there is no flag --all-namespace. Did you mean --all-namespaces\b/],
		[['demo', '--fault', 'kubelet-40'], /Did you mean kubelet-40/],
		[['top'], /nodes, pods or containers/],
		[['top', 'pods', '-o', 'xml'], /"xml" is none of them/],
		[['top', 'pods', '--request-timeout', 'soon'], /"soon" is none/],
		[['demo', '--fault', 'gremlins'], /no fault "gremlins".*whytop demo --fault list/],
		[['doctor', '--demo', '--fault', 'gremlins'], /no fault "gremlins".*whytop demo --fault list/],
		[['top', 'nodes', '--demo', '--pods', '-3'], /--pods must be a whole number from 1 to 150000, not -3/],
		[['demo', '--serve', '--nodes', '0'], /^error: --nodes must be a whole number from 1 to 5000, not 0/],
		[['doctor', '--fault', 'api-group-absent'], /--fault is a flag of demo, or with --demo/],
		[['top', 'pods', '--redact', '--stats'], /--stats is a flag of monitor, demo\n--redact is a flag of doctor/],
		[['top', 'pods', '--debug', '/proc/none/log', '--demo'], /--debug cannot be written/],
	] as const) {
		test(`refuses ${words.join(' ')} with a sentence`, () => {
			const { status, stderr, stdout } = whytop([...words]);
			assert.equal(status, 2);
			assert.equal(stdout, '');
			assert.match(stderr, says);
			assert.doesNotMatch(stderr, /\bat .*\.js:\d+/);
		});
	}

	test('says in one line that Node is too old', () => {
		const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.19.0"})';
		const { status, stderr } = whytop(['--version'], { node: ['--import', old] });
		assert.equal(status, 2);
		assert.match(stderr, /^whytop needs Node\.js 22\.19 or newer, and this is 20\.19\.0 .*\n$/);
	});

	test('prints a table of the demo and writes the requests to the debug file, without a token', (t) => {
		const folder = mkdtempSync(join(tmpdir(), 'whytop-debug-'));
		t.after(() => rmSync(folder, { recursive: true }));
		const log = join(folder, 'log');
		const { status, stdout } = whytop(['top', 'nodes', '--demo', '--debug', log]);
		assert.equal(status, 0);
		assert.match(stdout, /^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\)/);
		const lines = readFileSync(log, 'utf8');
		assert.match(lines, /GET \/apis\/metrics\.k8s\.io\/v1beta1\/nodes.* 200 /);
		assert.doesNotMatch(lines, /Bearer|token/i);
	});
});
