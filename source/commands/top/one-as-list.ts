import type { KubeClient } from '../../kube/client.ts';
import { jsonType } from '../../sources/accept.ts';

/**
 * GET of one object, wrapped into a list of its kind: a user may have the right to get one object and not to list
 * them, and kubectl asks so too.
 *
 * @throws KubeError
 */
export async function readOneAsList(
	client: KubeClient,
	path: string,
	name: string,
	listKind: string,
): Promise<{ body: Buffer; contentType: string }> {
	const { body, contentType } = await client.read(`${path}/${encodeURIComponent(name)}`, { accept: jsonType });
	return {
		body: Buffer.concat([Buffer.from(`{"kind":"${listKind}","items":[`), body, Buffer.from(']}')]),
		contentType,
	};
}
