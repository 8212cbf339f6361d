/** One thing that is broken, what the doctor must say of it, and how it is mended. */
import { apply, kubectl } from '../rig.ts';
import type { Patient } from './examination.ts';

export interface Fault {
	title: string;
	/** `verdictOf` a report about it. */
	finds: string | RegExp;
	patient?: Patient;
	break(): Promise<unknown>;
	mend(): Promise<unknown>;
}

export const nothing = async (): Promise<void> => {};

/** Takes an object away, and brings it back as it was. */
export function without(kind: string, name: string, namespace?: string): Pick<Fault, 'break' | 'mend'> {
	let before: object | undefined;
	const where = namespace === undefined ? [] : ['-n', namespace];
	return {
		async break() {
			before = cleaned(JSON.parse(await kubectl('get', kind, name, ...where, '-o', 'json')));
			await kubectl('delete', kind, name, ...where);
		},
		mend: async () => (before === undefined ? undefined : apply(before)),
	};
}

/** Changes an object, and changes it back: `patch` and `back` are merge patches. */
export function patched(kind: string, name: string, patch: object, back: object): Pick<Fault, 'break' | 'mend'> {
	const change = (by: object) => kubectl('patch', kind, name, '--type=merge', '-p', JSON.stringify(by));
	return { break: () => change(patch), mend: () => change(back) };
}

interface Kept {
	metadata: { uid?: string; resourceVersion?: string; creationTimestamp?: string };
	status?: object;
}

/** Without what belongs to the object that was. */
function cleaned({ metadata, status, ...rest }: Kept): object {
	const { creationTimestamp, resourceVersion, uid, ...kept } = metadata;
	return { ...rest, metadata: kept };
}
