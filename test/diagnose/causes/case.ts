import type { Evidence } from '../../../source/diagnose/evidence/evidence.ts';

/** Evidence, and the cause that it proves. */
export interface Case {
	/** Id of the cause. */
	proves: string;
	/** What is special about it, where a cause has several. */
	title?: string;
	evidence: Evidence;
	/** How sure the doctor is of it: `proved`, unless nothing in reach can prove it. */
	certainty?: 'likely';
	/** Other causes that this evidence proves as well, each with the reason why that is right. */
	also?: Readonly<Record<string, string>>;
}
