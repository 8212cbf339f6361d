import { KubeError } from '../../kube/errors.ts';
import { clean } from '../../model/clean.ts';

/** What decoders say of a damaged or foreign answer, as an error of the connection that it is. */
export function decoded<Result>(decode: () => Result): Result {
	try {
		return decode();
	} catch (error) {
		throw new KubeError('protocol', error instanceof Error ? clean(error.message) : '');
	}
}
