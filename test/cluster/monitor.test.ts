/** The monitor in a real terminal on a real cluster: what it shows when the metrics API goes away, and comes back. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Terminal } from '../terminal/pty.ts';
import { registrationFaults } from './doctor/registration-faults.ts';
import { cluster, kubectlProgram, nodeName } from './rig.ts';

const skip = kubectlProgram === '' && 'npm run test:cluster needs or brings up a cluster';
const timeout = 600_000;

const program = new URL('../../bin/whytop.js', import.meta.url).pathname;
const registration = registrationFaults.find(({ finds }) => finds === 'api-group-absent');

describe('the monitor of a real cluster', { skip, timeout }, () => {
	let folder = '';
	let terminal: Terminal;

	before(() => {
		folder = mkdtempSync(join(tmpdir(), 'whytop-cluster-'));
		terminal = new Terminal(process.execPath, [program, '--refresh', '5s'], folder, 160, 50);
	});
	after(() => {
		terminal.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	const gone = (text: RegExp) => terminal.until(() => !text.test(terminal.screen.text()), `${text} to go`);
	const numbers = new RegExp(`▸. ${nodeName} .* \\d+ +\\d+ `);

	test('shows its node and its pods with their numbers', async () => {
		await terminal.shows(numbers);
		await terminal.shows(/burn|cpu-limit/);
		await terminal.shows(/metrics\.k8s\.io\/v1beta1 ✓/);
	});

	test('names the cause when nothing is registered for the metrics API, proves it, and forgets it when it is mended', async () => {
		try {
			await registration?.break();
			await terminal.shows(/✖ +api-group-absent/);
			terminal.type('4');
			terminal.type('x');
			await terminal.shows(/GET \/apis\/metrics\.k8s\.io → 404/);
			terminal.type('\x1b');
			await terminal.shows(/4 DIAGNOSTICS/);
		} finally {
			await registration?.mend();
		}
		await gone(/api-group-absent/);
		await terminal.shows(numbers);
	});

	test('names the cause when metrics-server is stopped, and forgets it when it is started again', async () => {
		try {
			await cluster('stop', 'metrics-server');
			await terminal.shows(/ms-pod-not-listening/);
		} finally {
			await cluster('start', 'metrics-server');
		}
		await gone(/ms-pod-not-listening/);
		await terminal.shows(numbers);
	});

	test('gives the terminal back', async () => {
		terminal.type('\x03');
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		assert.equal(terminal.exitCode, 0);
		assert.equal(terminal.screen.isAlternate, false);
	});
});
