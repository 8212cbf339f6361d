import type { faultDescriptions } from '../../messages/en/demo-faults.ts';
import type { Behaviour } from '../server/behaviour.ts';

/**
 * Something that can be made to go wrong, by name. A name that is also the id of a cause in the diagnostics is that
 * cause; the others say what one sees.
 */
export interface Fault {
	name: FaultName;
	/** Other names that it answers to. */
	also?: readonly string[];
	change(behaviour: Behaviour): void;
}

export type FaultName = keyof typeof faultDescriptions;
