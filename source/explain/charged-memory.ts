/**
 * What a cgroup is charged for, all of it from one source: a bridge whose terms came from different sources would mix
 * moments, and its residual would say nothing.
 */
import type { MemoryQuantity, Reading, ReadingQuantity, SourceId } from '../model/reading.ts';
import { type Context, cgroupVersion, isMachine, memorySources } from './context.ts';
import { minus, plus, type SignedSum, type Summand, signedSum } from './signed-sum.ts';

export class ChargedMemory {
	readonly source: SourceId;
	readonly version: 'v1' | 'v2' | '';
	private readonly context: Context;

	constructor(context: Context, source: SourceId) {
		this.context = context;
		this.source = source;
		this.version = source === 'cgroup-v1' ? 'v1' : source === 'cgroup-v2' ? 'v2' : cgroupVersion(context);
	}

	get(quantity: ReadingQuantity): Reading | undefined {
		return this.context.readings.find(quantity, this.source);
	}

	value(quantity: ReadingQuantity): number {
		return this.get(quantity)?.value ?? Number.NaN;
	}

	/** TCP buffers as a part of usage. They are one on v2 only: v1 counts them apart. */
	socketSummands(sign: 1 | -1): readonly Summand[] {
		return this.version === 'v1' ? [] : [{ sign, reading: this.get('socket') }];
	}

	/** Usage as all numbers of one kind are derived: on a v2 root that is anon + file, for it has no memory.current. */
	usage(): SignedSum {
		const usage = this.get('usage');
		if (usage === undefined && isMachine(this.context) && this.version === 'v2') {
			return signedSum([plus(this.get('anon')), plus(this.get('file'))]);
		}
		return signedSum([plus(usage)]);
	}

	/**
	 * `max(0, usage − inactive_file)`, cAdvisor's working set (lib/container/libcontainer/handler.go
	 * setMemoryStats, v0.24 and later); as the source computed it, where it did.
	 */
	workingSet(): SignedSum {
		const ready = this.get('workingSet');
		if (ready !== undefined) {
			return signedSum([plus(ready)]);
		}
		const usage = this.usage();
		const inactive = signedSum([minus(this.get('inactiveFile'))]);
		return {
			value: Math.max(0, usage.value + inactive.value),
			fields: `${usage.fields} ${inactive.fields}`,
			from: [...usage.from, ...inactive.from],
		};
	}

	/**
	 * Pages that are on a list but mapped by nobody as anonymous and not in the page cache: swap cache, and huge pages
	 * of which a part was unmapped. I4: T = all lists − (anon + file).
	 */
	unmapped(sign: 1 | -1): SignedSum {
		const other = sign === 1 ? minus : plus;
		const same = sign === 1 ? plus : minus;
		return signedSum([
			...lists.map((quantity) => same(this.get(quantity))),
			other(this.get('anon')),
			other(this.get('file')),
		]);
	}

	/** The sum of the LRU lists, NaN if one is missing. */
	listed(): number {
		return lists.reduce((sum, quantity) => sum + this.value(quantity), 0);
	}
}

const lists: readonly MemoryQuantity[] = ['inactiveAnon', 'activeAnon', 'inactiveFile', 'activeFile', 'unevictable'];

/** The best source that says what the subject is charged for; undefined if none does. */
export function chargedMemory(context: Context): ChargedMemory | undefined {
	// A root of v2 has no counter of usage; its own files go before what a kubelet says of it all the same.
	for (const quantity of isMachine(context) ? (['anon', 'usage'] as const) : (['usage', 'anon'] as const)) {
		const source = memorySources.find((candidate) => context.readings.find(quantity, candidate) !== undefined);
		if (source !== undefined) {
			return new ChargedMemory(context, source);
		}
	}
	return undefined;
}
