import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
	kubectlBytesPercent,
	kubectlCpuPercent,
	kubectlMebibytes,
	kubectlMillicores,
	parseBytes,
	parseCpu,
	parseQuantityBytes,
} from '../../source/model/quantity.ts';
import { readFixture } from './fixture.ts';

/** What apimachinery says, from `fixtures/generate.go`: text, nanos, value, millis; the text alone if it is invalid. */
type Row = [text: string, nanos?: string, value?: string, millis?: string];
const rows = readFixture<Row[]>('quantities.json');

describe('parseCpu and parseBytes', () => {
	test('read and refuse what apimachinery reads and refuses', () => {
		const refused = rows.filter((row) => row.length === 1).map(([text]) => text);
		assert.ok(refused.length > 50 && refused.length < rows.length / 2);
		assert.deepEqual(
			rows.map(([text]) => text).filter((text) => Number.isNaN(parseBytes(text))),
			refused,
		);
		assert.deepEqual(
			rows.map(([text]) => text).filter((text) => Number.isNaN(parseCpu(text))),
			refused,
		);
	});

	test('give the same nanocores and bytes, rounded the same way', () => {
		for (const [text, nanos, value] of rows) {
			if (value !== undefined) {
				assert.equal(parseBytes(text), Number(value), `${text} in bytes`);
			}
			if (nanos) {
				assert.equal(parseCpu(text), Number(nanos), `${text} in nanocores`);
			}
		}
	});

	test('round a fraction of a nanocore or of a byte up', () => {
		assert.equal(parseCpu('0.0000000001'), 1);
		assert.equal(parseBytes('128974848000m'), 128974848);
		assert.equal(parseBytes('128974848001m'), 128974849);
		assert.equal(parseBytes('1e-50'), 1);
	});

	test('an enormous number is capped and costs nothing', () => {
		assert.equal(parseBytes('1e999999999'), Number(2n ** 63n - 1n));
		assert.equal(parseBytes('9999999Ei'), Number(2n ** 63n - 1n));
		assert.equal(parseBytes('8589934593Gi'), Number(2n ** 63n - 1n));
		assert.equal(parseBytes('1e-999999999'), 1);
		assert.equal(parseBytes('9'.repeat(100_000)), Number.NaN);
	});

	test('are exact with any digits and suffix, checked with integers', () => {
		const suffixes: readonly [string, bigint, bigint][] = [
			['n', 1n, 10n ** 9n],
			['u', 1n, 10n ** 6n],
			['m', 1n, 1000n],
			['', 1n, 1n],
			['k', 1000n, 1n],
			['Ki', 1024n, 1n],
			['Mi', 1024n ** 2n, 1n],
			['Gi', 1024n ** 3n, 1n],
		];
		const ceil = (numerator: bigint, denominator: bigint) => Number((numerator + denominator - 1n) / denominator);
		fc.assert(
			fc.property(
				fc.bigInt(0n, 10n ** 9n),
				fc.integer({ min: 0, max: 9 }),
				fc.constantFrom(...suffixes),
				(digits, decimals, [suffix, factor, divisor]) => {
					const padded = digits.toString().padStart(decimals + 1, '0');
					const whole = padded.slice(0, padded.length - decimals);
					const text = `${whole}${decimals > 0 ? `.${padded.slice(-decimals)}` : ''}${suffix}`;
					const denominator = divisor * 10n ** BigInt(decimals);
					assert.equal(parseBytes(text), ceil(digits * factor, denominator), text);
					assert.equal(parseCpu(text), ceil(digits * factor * 10n ** 9n, denominator), text);
				},
			),
		);
	});
});

describe('parseQuantityBytes', () => {
	const both = (text: string) => {
		const bytes = Buffer.from(`x${text}y`);
		const end = bytes.length - 1;
		assert.equal(parseQuantityBytes(bytes, 1, end, 'cpu'), parseCpu(text), `${text} in nanocores`);
		assert.equal(parseQuantityBytes(bytes, 1, end, 'bytes'), parseBytes(text), `${text} in bytes`);
	};

	test('gives what the text gives', () => {
		for (const text of [...rows.map(([text]) => text), '5\0', '\0', '8589934593Gi']) {
			both(text);
		}
		assert.equal(parseBytes('5\0'), Number.NaN);
	});

	test('gives what the text gives for any number of digits', () => {
		const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'ni', 'x');
		fc.assert(fc.property(fc.bigInt(0n, 10n ** 19n), suffix, (digits, end) => both(`${digits}${end}`)));
	});
});

describe('as kubectl top prints', () => {
	test('millicores are rounded up', () => {
		assert.equal(kubectlMillicores(867_394_104), '868m');
		assert.equal(kubectlMillicores(1), '1m');
		assert.equal(kubectlMillicores(0), '0m');
		assert.equal(kubectlMillicores(64e9), '64000m');
		for (const [text, nanos, , millis] of rows) {
			// Millis of the largest overflow in Go; negative ones do not occur.
			if (nanos && !text.startsWith('-')) {
				assert.equal(kubectlMillicores(parseCpu(text)), `${Number(millis)}m`, text);
			}
		}
	});

	test('mebibytes are rounded down', () => {
		assert.equal(kubectlMebibytes(220 * 1024), '0Mi');
		assert.equal(kubectlMebibytes(1880 * 2 ** 20 + 1000), '1880Mi');
	});

	test('percentages are cut, of CPU after rounding up to millicores', () => {
		assert.equal(kubectlCpuPercent(399.2e6, 2e9), 20);
		assert.equal(kubectlCpuPercent(398e6, 2e9), 19);
		assert.equal(kubectlBytesPercent(999, 1000), 99);
		assert.equal(kubectlBytesPercent(5, 0), 0);
	});
});
