import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { filterField, filterFieldNames } from '../../source/filter/fields.ts';
import { type FilterSubject, isNarrower, parseFilter } from '../../source/filter/filter.ts';

/** A row with these fields. */
function row(text: string, numbers: Record<string, number> = {}, words: Record<string, string> = {}): FilterSubject {
	return {
		text: () => text,
		number: (field) => numbers[field] ?? Number.NaN,
		word: (field) => words[field] ?? '',
	};
}

const mebibyte = 2 ** 20;
const api = row(
	'web/api-7d9 n05 Running ReplicaSet/api',
	{
		cpu: 600e6,
		memory: 900 * mebibyte,
		'memoryLimit%': 95,
		'cpuRequest%': 5,
		restarts: 5,
		age: 5 * 60_000,
		ready: 1,
	},
	{ status: 'Running', node: 'n05', namespace: 'web', name: 'api-7d9' },
);
const job = row(
	'jobs/report n06 Completed',
	{ restarts: 0, age: 3 * 86_400_000 },
	{ status: 'Completed', node: 'n06', namespace: 'jobs', name: 'report' },
);

/** Which of the two rows pass: `aj`, `a`, `j` or ''. The filter must be understood. */
function passing(text: string): string {
	const filter = parseFilter(text);
	assert.equal(filter.error, '', text);
	return `${filter.matches(api) ? 'a' : ''}${filter.matches(job) ? 'j' : ''}`;
}

function table(cases: Record<string, string>): void {
	for (const [text, expected] of Object.entries(cases)) {
		assert.equal(passing(text), expected, text);
	}
}

describe('text', () => {
	test('is a regular expression in any case', () => {
		table({
			'': 'aj',
			'  ': 'aj',
			API: 'a',
			'rep.rt': 'j',
			'api|report': 'aj',
			'^web': 'a',
			nothing: '',
			'n0\\d': 'aj',
		});
	});

	test('is inverted by !', () => {
		table({ '!api': 'j', '! api': 'j', '!!api': 'a', '!nothing': 'aj' });
	});

	test('is searched as it stands if it is no regular expression, which is said', () => {
		const filter = parseFilter('*api(');
		assert.match(filter.error, /^“\*api\(” is not a regular expression \(.+\): searching for it as plain text$/);
		assert.equal(filter.matches(row('x *API( y')), true);
		assert.equal(filter.matches(api), false);
		assert.equal(parseFilter('!(').matches(api), true);
	});

	test('may look like a comparison with something that is no field', () => {
		assert.equal(parseFilter('key=value').matches(row('a key=value b')), true);
		assert.equal(parseFilter('key=value').matches(api), false);
	});
});

describe('fuzzy', () => {
	test('letters stand in one word in their order', () => {
		table({
			'-f api': 'a',
			'-f wa9': 'a',
			'-f WPI': 'a',
			'-f rprt': 'j',
			'-fcmpd': 'j',
			'-f ipa': '',
			'! -f api': 'j',
		});
		assert.equal(parseFilter('-f ab').matches(row('a b')), false, 'not across words');
	});

	test('letters are only letters', () => {
		assert.equal(parseFilter('-f .*').matches(row('abc')), false);
		assert.equal(parseFilter('-f (]').matches(row('x(y]z')), true);
	});
});

describe('comparisons', () => {
	test('of numbers in the units that people write', () => {
		table({
			'cpu>500m': 'a',
			'cpu>0.7': '',
			'cpu<=600m': 'a',
			'mem>=1Gi': '',
			'mem>=900Mi': 'a',
			'mem<1gi': 'a',
			'memory>1000000k': '',
			'mem%l>90': 'a',
			'mem%l>90%': 'a',
			'%MEM/L>90': 'a',
			'cpu%r<10': 'a',
			'restarts>=5': 'a',
			'restarts=0': 'j',
			'restarts!=0': 'a',
			'age<10m': 'a',
			'age>2d12h': 'j',
			'cpu > 500m': 'a',
		});
	});

	test('of words, equal in any case or by regular expression', () => {
		table({
			'status=Running': 'a',
			'status==running': 'a',
			'status!=running': 'j',
			'node=n05': 'a',
			'node=n0': '',
			'node~n0': 'aj',
			'node=~n05|n06': 'aj',
			'ns=web': 'a',
			'namespace!~^w': 'j',
			'!status=Running': 'j',
			'node=': '',
			'status = Running': 'a',
		});
	});

	test('a row without the number matches none, inverted or not', () => {
		table({ 'cpu<1000': 'a', '!cpu>1000': 'a', 'cpu!=1': 'a', '!cpu=600m': '' });
	});

	test('a name stands for what the list has: requested on nodes, state on containers', () => {
		const node = row('n05', { 'cpuRequested%': 80 });
		assert.equal(parseFilter('cpu%r>70').matches(node), true);
		const container = row('app', {}, { state: 'CrashLoopBackOff' });
		assert.equal(parseFilter('status~crash').matches(container), true);
	});

	test('what is wrong is said, and narrows nothing down', () => {
		for (const [text, message] of [
			['cpu>', /“cpu>” lacks a value/],
			['cpu>much', /“much” does not fit cpu: write 500m or 1\.5/],
			['age<10', /“10” does not fit age: write 30s, 10m, 2h or 3d/],
			['mem>500m', /thousandths of a byte: write 500Mi/],
			['restarts>1Mi', /does not fit restarts: write 5/],
			['status>Running', /status is text/],
			['cpu~5', /cpu is a number/],
			['bogus>5', /there is no field “bogus”: the fields are cpu, mem, /],
			['!', /nothing stands after !/],
			['-f', /nothing stands after -f/],
			['-l', /nothing stands after -l/],
			['-l =x', /“=x” is not a label selector/],
			['status~(', /“\(” is not a regular expression/],
		] as const) {
			const filter = parseFilter(text);
			assert.match(filter.error, message, text);
			if (text !== 'status~(') {
				assert.equal(filter.matches(api) && filter.matches(job), true, text);
			}
		}
	});
});

describe('several terms', () => {
	test('must all hold, with spaces or && between them', () => {
		table({
			'api cpu>500m': 'a',
			'api&&cpu>500m': 'a',
			'api && cpu>700m': '',
			'!api age>1d': 'j',
			'n0 !report status=Running mem%l>90': 'a',
			'&& api &&': 'a',
		});
	});

	test('the first that is wrong is told, the others hold', () => {
		const filter = parseFilter('cpu>x bogus>1 api');
		assert.match(filter.error, /“x” does not fit cpu/);
		assert.deepEqual([filter.matches(api), filter.matches(job)], [true, false]);
	});
});

describe('label selectors', () => {
	const selector = (text: string) => {
		const filter = parseFilter(text);
		assert.equal(filter.error, '', text);
		return filter.labelSelector;
	};

	test('are handed on as they were typed, and match every row here', () => {
		assert.equal(selector('-l app=web'), 'app=web');
		assert.equal(selector('-l app=web,tier!=db'), 'app=web,tier!=db');
		assert.equal(selector('-l app in (a, b), !canary'), 'app in (a, b), !canary');
		assert.equal(selector('-l example.com/app-name notin (a)'), 'example.com/app-name notin (a)');
		assert.equal(selector('-l app'), 'app');
		assert.equal(selector('-lapp=web'), 'app=web');
		assert.equal(parseFilter('-l app=web').matches(api), true);
	});

	test('go with other terms on both sides', () => {
		const filter = parseFilter('api -l app in (a, b) cpu>500m -l tier=x');
		assert.equal(filter.labelSelector, 'app in (a, b),tier=x');
		assert.deepEqual([filter.matches(api), filter.matches(job)], [true, false]);
		assert.equal(parseFilter('-l app cpu>500m').labelSelector, 'app');
	});
});

test('every field has a name that is known, and one column at least', () => {
	assert.ok(filterFieldNames.length > 20);
	for (const name of filterFieldNames) {
		assert.ok((filterField(name)?.columns.length ?? 0) > 0, name);
		assert.equal(filterField(name.toUpperCase()), filterField(name));
	}
});

test('whatever is typed is read without throwing, and so is each of its beginnings', () => {
	const piece = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 4 }),
		fc.constantFrom(
			'!',
			'-f',
			'-l',
			' ',
			'&&',
			'(',
			'[',
			'*',
			'\\',
			'cpu',
			'mem%l',
			'status',
			'age',
			'>',
			'<=',
			'=',
			'~',
			'5',
			'Gi',
			'in',
		),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
			const text = pieces.join('');
			for (let length = 0; length <= text.length; length++) {
				const filter = parseFilter(text.slice(0, length));
				assert.equal(typeof filter.matches(api), 'boolean');
				assert.equal(typeof filter.error, 'string');
			}
		}),
	);
});

describe('the words that a row needs', () => {
	const needed = (text: string) => parseFilter(text).needed.map(({ source }) => source);

	test('are told of simple terms', () => {
		assert.deepEqual(needed('web.*9$'), ['web']);
		assert.deepEqual(needed('web cpu>5 api-7'), ['web', 'api-7']);
		assert.deepEqual(needed('we?b pay+ment'), ['w', 'ment']);
		assert.deepEqual(needed('web|api !web (web) [web] -f web a* \\web'), []);
	});

	test('are in whatever passes', () => {
		const pattern = fc.stringMatching(/^[ab.*+?$^|()-]{1,8}$/);
		const text = fc.stringMatching(/^[ab*+?(-]{0,10}$/);
		fc.assert(
			fc.property(pattern, text, (source, content) => {
				const filter = parseFilter(source);
				if (filter.matches(row(content))) {
					assert.ok(filter.needed.every((word) => word.test(content)));
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('a filter is narrower than another', () => {
	const narrower = (text: string, than: string) => isNarrower(parseFilter(text), parseFilter(than));

	test('where a word was typed on, or another term after it', () => {
		assert.ok(narrower('z4', 'z'));
		assert.ok(narrower('API-7 web', 'api'));
		assert.ok(narrower('web cpu>5', 'WEB'));
		assert.ok(narrower('web.*9$', 'we'));
		assert.ok(narrower('web', ''));
	});

	test('and not where other rows may pass', () => {
		for (const [text, than] of [
			['z', 'z4'],
			['z|4', 'z'],
			['!z4', 'z'],
			['!z4', '!z'],
			['z4', '!z'],
			['z4', 'z.'],
			['z4 cpu>5', 'z cpu>5'],
			['z4', 'z cpu>5'],
			['-f z4', 'z'],
			['', 'z'],
		] as const) {
			assert.equal(narrower(text, than), false, `${text} than ${than}`);
		}
	});

	test('means that whatever passes it passes the other', () => {
		const terms = fc.array(fc.stringMatching(/^!?[abAB.*?|-]{1,3}$/), { minLength: 1, maxLength: 3 });
		const text = fc.stringMatching(/^[ab-]{0,8}$/);
		let seen = 0;
		fc.assert(
			fc.property(terms, terms, fc.boolean(), text, (some, more, goesOn, content) => {
				const than = parseFilter(some.join(' '));
				const filter = parseFilter(goesOn ? `${some.join(' ')}${more.join(' ')}` : more.join(' '));
				if (isNarrower(filter, than) && filter.matches(row(content))) {
					seen++;
					assert.ok(than.matches(row(content)));
				}
			}),
			{ numRuns: 3_000 },
		);
		assert.ok(seen > 0);
	});
});
