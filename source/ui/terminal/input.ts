/** Standard input as Ink gets it, and what Ink makes of it as names of keys. */
import type { Key as InkKey } from 'ink';

/** Stands for F1 on its way through Ink, which has no name for it: a code point for private use. */
const f1 = '\uF704';

/** F1 as xterm and VT220, as rxvt, and as the kernel's console send it. */
const f1Sequences = /\x1b(?:OP|\[11~|\[\[A)/g;

/**
 * The stream to hand to Ink as its `stdin`. While `isStuck`, the terminal's mode is left alone: changing it would wait
 * until the terminal has read all that was written, and Node puts it right at exit without waiting.
 */
export function inputForInk(stream: NodeJS.ReadStream, isStuck: () => boolean): NodeJS.ReadStream {
	const read = (size?: number): unknown => {
		const chunk: unknown = stream.read(size);
		return typeof chunk === 'string' ? chunk.replace(f1Sequences, f1) : chunk;
	};
	return new Proxy(stream, {
		get(target, property) {
			if (property === 'read') {
				return read;
			}
			if (property === 'setRawMode' && isStuck()) {
				return () => target;
			}
			const value: unknown = Reflect.get(target, property, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}

const named: readonly (readonly [flag: keyof InkKey, name: string])[] = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

const controls: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\x1b': 'esc',
	'\b': 'backspace',
	'\x7f': 'backspace',
	[f1]: 'f1',
};

/** One typed character as a key: itself, or the name of the key that types it. */
function keyOfCharacter(character: string): string {
	const name = controls[character];
	if (name !== undefined) {
		return name;
	}
	const code = character.charCodeAt(0);
	return code >= 1 && code <= 26 ? `ctrl-${String.fromCharCode(code + 0x60)}` : character;
}

/**
 * The keys that one event of Ink's `useInput` stands for, in order: keys typed fast come as one string. Names are
 * those of `keymap.ts`: `j`, `G`, `ctrl-d`, `shift-tab`, `pageup`, `enter`, `esc` … Any other key is what it types.
 */
export function keysOf(input: string, key: InkKey): string[] {
	const name = named.find(([flag]) => key[flag] === true)?.[1];
	if (key.tab) {
		return [key.shift ? 'shift-tab' : 'tab'];
	}
	if (name !== undefined) {
		return name === 'esc' && key.meta ? ['esc', 'esc'] : [name];
	}
	const characters = Array.from(input, keyOfCharacter);
	if (key.ctrl) {
		return characters.map((character) => (/^[a-z]$/.test(character) ? `ctrl-${character}` : character));
	}
	// Esc and a character that arrive together look like that character with Alt held, which nothing is bound to.
	return key.meta ? ['esc', ...characters] : characters;
}
