import { notAcceptable } from './status.ts';

/** The forms in which an object can be asked for. */
export type Representation = 'json' | 'protobuf' | 'table' | 'metadata';

export const contentTypes: Readonly<Record<Representation, string>> = {
	json: 'application/json',
	protobuf: 'application/vnd.kubernetes.protobuf',
	table: 'application/json',
	metadata: 'application/json',
};

/** Chooses the first form of an Accept header that there is. @param protobuf the resource can be had so */
export function negotiate(accept: string | undefined, protobuf: boolean): Representation {
	if (!accept) return 'json';
	for (const range of accept.split(',')) {
		const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
		const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
		if (type === 'application/json' || type === 'application/*' || type === '*/*') {
			if (as === undefined) return 'json';
			if (as === 'Table' && parameters.includes('v=v1')) return 'table';
			if (as.startsWith('PartialObjectMetadata') && parameters.includes('v=v1')) return 'metadata';
		}
		if (protobuf && type === 'application/vnd.kubernetes.protobuf' && as === undefined) return 'protobuf';
	}
	throw notAcceptable();
}
