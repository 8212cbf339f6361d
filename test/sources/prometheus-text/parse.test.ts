import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../../../source/sources/answer.ts';
import { type Sample, samples } from '../../../source/sources/prometheus-text/parse.ts';

function read(text: string, wanted?: ReadonlySet<string>): Sample[] {
	return [...samples(text, wanted)].map((sample) => ({ ...sample, labels: { ...sample.labels } }));
}

function one(line: string): Sample {
	const [sample, ...rest] = read(`${line}\n`);
	assert.ok(sample);
	assert.equal(rest.length, 0);
	return sample;
}

describe('Prometheus text', () => {
	test('a sample has a name, labels, a value and perhaps a time', () => {
		assert.deepEqual(one('container_memory_rss{id="/",pod=""} 2.3552e+07 1795262777552'), {
			name: 'container_memory_rss',
			labels: { id: '/', pod: '' },
			value: 23_552_000,
			timestamp: 1_795_262_777_552,
		});
		assert.deepEqual(one('scrape_error 0'), { name: 'scrape_error', labels: {}, value: 0, timestamp: Number.NaN });
		assert.equal(one('weird{} 1 -3982045').timestamp, -3_982_045);
	});

	test('HELP, TYPE, other comments and empty lines are no samples', () => {
		const text = '# HELP a Escapes \\n and "quotes" {}\n# TYPE a counter\n\n  \t\n#\n# EOF\na 1\n';
		assert.deepEqual(
			read(text).map(({ name }) => name),
			['a'],
		);
		assert.deepEqual(read(''), []);
	});

	test('blanks may stand between all parts, and a comma after the last label', () => {
		assert.deepEqual(one(' \ta\t{ x = "1" ,\ty="2" , } \t 3\t 4 '), {
			name: 'a',
			labels: { x: '1', y: '2' },
			value: 3,
			timestamp: 4,
		});
		assert.equal(one('a{x="1"}3').value, 3);
		assert.equal(one('a 3\r').value, 3);
	});

	test('a label may hold escapes, braces, commas, hashes and any letters', () => {
		assert.deepEqual(one('a{p="C:\\\\DIR\\n\\"F\\"",q="},# 容器 \\x"} 1').labels, {
			p: 'C:\\DIR\n"F"',
			q: '},# 容器 \\x',
		});
	});

	test('a label called __proto__ is a label', () => {
		const [sample] = samples('a{__proto__="x",constructor="y"} 1\n');
		assert.deepEqual(Object.entries(sample?.labels ?? {}), [
			['__proto__', 'x'],
			['constructor', 'y'],
		]);
	});

	test('values are numbers as Go writes them', () => {
		const value = (text: string) => one(`a ${text}`).value;
		assert.equal(value('+Inf'), Number.POSITIVE_INFINITY);
		assert.equal(value('-Inf'), Number.NEGATIVE_INFINITY);
		assert.equal(value('inf'), Number.POSITIVE_INFINITY);
		assert.equal(value('NaN'), Number.NaN);
		assert.equal(value('1.7e-05'), 0.000_017);
		assert.equal(value('-.5'), -0.5);
		assert.equal(value('5.'), 5);
		assert.equal(value('1.8446744073709552e+19'), 2 ** 64);
	});

	test('an exemplar is passed over', () => {
		assert.deepEqual(one('a_bucket{le="1"} 8 1520879607789 # {trace_id="K O"} 0.67').value, 8);
		assert.equal(one('a_bucket{le="1"} 8 # {trace_id="KO"} 0.67').timestamp, Number.NaN);
	});

	test('names may stand quoted in the braces', () => {
		assert.deepEqual(one('{"my.metric","a.b"="c",d="e"} 1'), {
			name: 'my.metric',
			labels: { 'a.b': 'c', d: 'e' },
			value: 1,
			timestamp: Number.NaN,
		});
	});

	test('only the wanted names are read, and lines of others may be anything', () => {
		const text = 'a 1\nab{broken 2\n{"a"} 3\nb 4\n';
		assert.deepEqual(
			read(text, new Set(['a'])).map(({ value }) => value),
			[1, 3],
		);
	});

	for (const [what, line] of Object.entries({
		'no value': 'a',
		'no value after labels': 'a{x="1"}',
		'a word for a value': 'a one',
		'hexadecimal, which nobody writes': 'a 0x1p3',
		'a time with a fraction': 'a 1 1.5',
		'something after the time': 'a 1 2 3',
		'labels that do not end': 'a{x="1" 1',
		'a string that does not end': 'a{x="1} 1',
		'an escape at the end': 'a{x="1\\',
		'a label without a value': 'a{x} 1',
		'a label twice': 'a{x="1",x="2"} 1',
		'a value without quotation marks': 'a{x=1} 1',
		'two commas': 'a{x="1",,y="2"} 1',
		'a comma alone': 'a{,} 1',
		'no name': '{x="1"} 1',
		'two names': 'a{"b"} 1',
		'a name that begins with a digit': '1a 1',
		'a name with a hyphen': 'a-b 1',
		'a control character': '\u001b[31m 1',
	})) {
		test(`refuses a line with ${what}`, () => {
			assert.throws(() => read(`ok 1\n${line}\n`), new WireError('line 2 is not a sample'));
		});
	}

	test('refuses a text that was cut off, because half a number is a number', () => {
		assert.throws(() => read('a 3.1752192e+07 17952'), WireError);
		assert.throws(() => read('a 1\n# HELP'), WireError);
	});
});

const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/);
const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,10}$/);
const labels = fc.dictionary(labelName, fc.string({ unit: 'grapheme', maxLength: 30 }), { maxKeys: 6 });
const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity));
const timestamp = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -(2 ** 45), max: 2 ** 45 }));

function goNumber(number: number): string {
	return Number.isFinite(number) ? String(number) : Number.isNaN(number) ? 'NaN' : number > 0 ? '+Inf' : '-Inf';
}

function write(sample: Sample): string {
	const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
	const pairs = Object.entries(sample.labels).map(([key, text]) => `${key}="${escaped(text)}"`);
	const time = Number.isNaN(sample.timestamp) ? '' : ` ${sample.timestamp}`;
	return `${sample.name}{${pairs.join(',')}} ${goNumber(sample.value)}${time}\n`;
}

describe('Prometheus text, whatever it is', () => {
	test('what was written is read back', () => {
		fc.assert(
			fc.property(fc.array(fc.record({ name, labels, value, timestamp }), { maxLength: 8 }), (written) => {
				const text = written.map(write).join('# a comment\n');
				const back = [...samples(text)];
				assert.equal(back.length, written.length);
				for (const [index, sample] of back.entries()) {
					const before = written[index] as Sample;
					assert.deepEqual(
						[sample.name, Object.entries(sample.labels), sample.timestamp],
						[before.name, Object.entries(before.labels), before.timestamp],
					);
					// The text has no sign on zero that matters.
					assert.equal(sample.value + 0, before.value + 0);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('any text is read or refused with a sentence, and ends', () => {
		const piece = fc.oneof(
			fc.constantFrom('a', '{', '}', '"', '=', ',', '\\', '\n', ' ', '#', '1', 'NaN', 'x="y"', '\t', '\r', '\u0000'),
			fc.string({ unit: 'binary', maxLength: 5 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				try {
					for (const sample of samples(`${pieces.join('')}\n`)) {
						assert.notEqual(sample.name, '');
						assert.equal(typeof sample.value, 'number');
					}
				} catch (error) {
					assert.ok(error instanceof WireError, String(error));
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
