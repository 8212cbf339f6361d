/** What was asked about is not there. */

const kinds = { node: 'node', pod: 'pod', hpa: 'HPA' } as const;

export interface NoSuch {
	kind: keyof typeof kinds;
	name: string;
	namespace?: string;
	/** What may have been meant, as it is asked about: `pod/web/api-1`. */
	near: readonly string[];
}

export function noSuchSubject({ kind, name, namespace, near }: NoSuch): string {
	const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
	const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
	return `there is no ${kinds[kind]} ${name}${where}${meant}`;
}
