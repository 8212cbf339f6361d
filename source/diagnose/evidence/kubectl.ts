/** L5: the kubectl that is typed here. */
export interface KubectlFacts {
	/** Where PATH has it. */
	path: string;
	/** `v1.33.4`, '' if it does not say. */
	gitVersion: string;
	/** NaN if it does not say. */
	minor: number;
}
