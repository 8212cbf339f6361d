import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clean } from '../../source/model/clean.ts';

const hostile: Readonly<Record<string, readonly [text: string, cleaned: string]>> = {
	'cursor movement': ['a\x1b[2Ab\x1b[10;20Hc', 'abc'],
	'erasing the screen': ['a\x1b[2Jb\x1b[Kc', 'abc'],
	'the alternate screen': ['a\x1b[?1049hb', 'ab'],
	'a request for the terminal’s state': ['a\x1b[6nb\x1b[>0cc', 'abc'],
	colours: ['a\x1b[31;1mb\x1b[0mc', 'abc'],
	'hidden and inverse text': ['a\x1b[8mb\x1b[7mc', 'abc'],
	'a window title': ['a\x1b]0;evil\x07b\x1b]2;evil\x1b\\c', 'abc'],
	'a notification': ['a\x1b]9;evil\x07b\x1b]777;notify;x;y\x07c', 'abc'],
	'the clipboard': ['a\x1b]52;c;ZXZpbA==\x07b', 'ab'],
	'a hyperlink': ['\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\', 'link'],
	'an OSC without end': ['a\x1b]0;evil', 'a'],
	'an OSC ended by another sequence': ['a\x1b]0;evil\x1b[31mb', 'ab'],
	'DCS, APC, PM and SOS': ['a\x1bPq#evil\x1b\\b\x1b_evil\x1b\\c\x1b^evil\x1b\\d\x1bXevil\x1b\\e', 'abcde'],
	'a reset': ['a\x1bcb', 'ab'],
	'a change of character set': ['a\x1b(0b\x1b)Bc', 'abc'],
	'a lone ESC at the end': ['a\x1b', 'a'],
	'ESC before a letter from elsewhere': ['a\x1bé', 'aé'],
	'C1 CSI': ['a\u009b31mb', 'ab'],
	'C1 OSC': ['a\u009d0;evil\u009cb\u009d0;evil\x07c', 'abc'],
	'C1 DCS and APC': ['a\u0090evil\u009cb\u009fevil\x1b\\c', 'abc'],
	'BEL, BS, SO, SI, NUL, DEL': ['a\x07b\x08c\x0ed\x0fe\x00f\x7fg', 'abcdefg'],
	'other C1 controls': ['a\u0084b\u0088c', 'abc'],
	'line ends and tabs': ['a\nb\r\nc\td\ve\ff\u0085g\u2028h\u2029i', 'a b c d e f g h i'],
	'bidirectional overrides': ['a\u202egpj.exe\u202cb\u2066c\u2069d', 'agpj.exebcd'],
	'zero-width characters': ['a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg', 'abcdefg'],
	'tags and the Hangul filler': ['a\u{e0041}b\u3164c', 'abc'],
	'lone surrogates': ['a\ud800b\udc00c', 'abc'],
	'a pair torn apart by a sequence': ['a\ud83d\x1b[0m\ude00b', 'a😀b'],
	'marks piled up on a letter': [`a${'\u0301'.repeat(30)}b`, `a${'\u0301'.repeat(4)}b`],
	'marks without a letter': ['\u0301\u0302a', 'a'],
};

describe('clean', () => {
	for (const [name, [text, cleaned]] of Object.entries(hostile)) {
		test(`takes care of ${name}`, () => {
			assert.equal(clean(text), cleaned);
		});
	}

	test('leaves ordinary text of any language alone', () => {
		for (const text of ['', 'nginx:1.27', '~ !"#$%&', '容器', 'naïve', 'Ünïcödé', 'नमस्ते', '😀👍', 'e\u0301']) {
			assert.equal(clean(text), text);
		}
	});

	test('leaves nothing that a terminal would obey, whatever comes', () => {
		const piece = fc.oneof(
			fc.constantFrom(...Object.values(hostile).map(([text]) => text)),
			fc.string({ unit: 'binary', maxLength: 5 }),
			fc.constantFrom('\x1b', '\x1b[', '\x1b]', '\x9b', '\x9c', ';', '0', 'm', '\ud83d', '\ude00', '\u200d'),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const cleaned = clean(pieces.join(''));
				assert.doesNotMatch(cleaned, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
				assert.doesNotMatch(cleaned, /\p{M}{5}|^\p{M}/u);
				assert.ok(cleaned.isWellFormed());
				assert.equal(clean(cleaned), cleaned);
			}),
		);
	});

	test('takes time in proportion to the text', () => {
		const long = 200_000;
		for (const part of ['\x1b]', '\x1b[0', '\x1bP', '\u0301', '\ud800', '\x1b', '\x9d;']) {
			assert.ok(clean(part.repeat(long)).length <= part.length * long);
		}
	});
});
