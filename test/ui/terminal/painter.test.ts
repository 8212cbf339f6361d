import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TerminalOutput } from '../../../source/ui/terminal/output.ts';
import { type Frame, Painter } from '../../../source/ui/terminal/painter.ts';
import { Emulator } from '../emulator.ts';
import { FakeOutput } from '../streams.ts';

const columns = 20;
const lines = ['one'.padEnd(columns), 'two'.padEnd(columns)];

async function withPainter(
	use: (painter: Painter, ink: NodeJS.WriteStream, shown: () => Promise<Emulator>, output: FakeOutput) => Promise<void>,
) {
	const emulator = new Emulator(columns, 5);
	let taken = emulator.write('$ whytop\r\n'.repeat(4));
	const stream = new FakeOutput(columns, 5, (text) => {
		taken = emulator.write(text);
	});
	const output = new TerminalOutput(stream.asStream());
	const shown = async () => {
		await new Promise((resolve) => setImmediate(resolve));
		await taken;
		return emulator;
	};
	try {
		output.forInk.write('\x1b[?1049h');
		await use(new Painter(output), output.forInk, shown, stream);
	} finally {
		output.close();
		emulator.dispose();
	}
}

const typing: Frame = { lines, cursor: { x: 4, y: 1 } };
const reading: Frame = { lines, cursor: null };

describe('a painter', () => {
	test('shows the cursor where text is typed, and hides it when that is over', () =>
		withPainter(async (painter, _ink, shown) => {
			painter.paint(typing);
			const emulator = await shown();
			assert.equal(emulator.isCursorHidden, false);
			assert.deepEqual(emulator.cursor, { x: 4, y: 1 });
			painter.paint({ lines, cursor: { x: 5, y: 1 } });
			assert.deepEqual((await shown()).cursor, { x: 5, y: 1 });
			painter.paint(reading);
			assert.equal((await shown()).isCursorHidden, true);
		}));

	test('has the cursor back in its place after Ink has written', () =>
		withPainter(async (painter, ink, shown) => {
			painter.paint(typing);
			ink.write('\x1b[?25l');
			ink.write('\n');
			const emulator = await shown();
			assert.equal(emulator.isCursorHidden, false);
			assert.deepEqual(emulator.cursor, { x: 4, y: 1 });
			assert.deepEqual(emulator.lines().slice(0, 2), ['one', 'two']);
		}));

	test('writes nothing for what Ink writes while there is no cursor to be seen', () =>
		withPainter(async (painter, ink, shown, output) => {
			painter.paint(reading);
			await shown();
			const before = output.bytes;
			ink.write('\x1b[?2004h');
			await shown();
			assert.equal(output.bytes - before, '\x1b[?2004h'.length);
		}));

	test('paints everything again when Ink has erased lines, and what a smaller frame leaves behind', () =>
		withPainter(async (painter, ink, shown) => {
			painter.paint({ lines: [...lines, 'three'.padEnd(columns)], cursor: null });
			ink.write('\x1b[2J');
			assert.deepEqual((await shown()).lines().slice(0, 4), ['one', 'two', 'three', '']);
			painter.forget();
			painter.paint(reading);
			assert.deepEqual((await shown()).lines().slice(0, 4), ['one', 'two', '', '']);
		}));
});
