import type { Truth } from '../../model/ledger.ts';
import type { Context } from '../context.ts';

/** One short truth: its id names its message. Undefined where it does not apply or nothing proves it. */
export interface TruthMaker {
	id: string;
	make: (context: Context) => Truth['facts'] | undefined;
}
