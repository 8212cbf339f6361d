import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exitCodes } from '../../../source/exit-codes.ts';
import { showFirstLine } from '../../../source/ui/terminal/first-line.ts';
import { Emulator } from '../emulator.ts';

async function shown() {
	const screen = new Emulator(40, 5);
	await screen.write('prompt> ');
	let written = Promise.resolve();
	const left: number[] = [];
	const stdout = {
		write: (text: string) => {
			written = written.then(() => screen.write(text));
			return true;
		},
	};
	const line = showFirstLine(stdout, 'whytop: connecting', (code) => left.push(code));
	await written;
	return { left, line, screen, written: () => written };
}

describe('the first line', () => {
	test('stands alone on the alternate screen, and leaves the shell’s as it was', async () => {
		const { line, screen, written } = await shown();
		assert.deepEqual([screen.isAlternate, screen.isCursorHidden], [true, true]);
		assert.equal(screen.text().trim(), 'whytop: connecting');
		line.close();
		await written();
		assert.deepEqual([screen.isAlternate, screen.isCursorHidden], [false, false]);
		assert.equal(screen.text().trim(), 'prompt>');
	});

	test('gives the terminal back when a signal comes before the screen does', async () => {
		const { left, screen, written } = await shown();
		process.emit('SIGHUP', 'SIGHUP');
		await written();
		assert.equal(screen.isAlternate, false);
		assert.deepEqual(left, [exitCodes.hangup]);
	});

	test('is the screen’s to give back once that has taken over', async () => {
		const others = process.listenerCount('SIGHUP');
		const { line, screen, written } = await shown();
		line.handOver();
		line.close();
		await written();
		assert.equal(screen.isAlternate, true);
		assert.equal(process.listenerCount('SIGHUP'), others);
	});
});
