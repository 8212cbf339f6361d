/** Names of users by their ids, from /etc/passwd alone: a directory service could take seconds to answer. */
import { clean } from '../model/clean.ts';
import { under } from './cgroup/mounts.ts';
import { readText } from './files.ts';

export async function userNames(root = '/'): Promise<ReadonlyMap<number, string>> {
	const { text } = await readText(under(root, '/etc/passwd'));
	const names = new Map<number, string>();
	for (const line of text.split('\n')) {
		const [name = '', , id = ''] = line.split(':');
		// The first line of an id counts, as for getpwuid(3).
		if (name !== '' && /^\d+$/.test(id) && !names.has(Number(id))) {
			names.set(Number(id), clean(name));
		}
	}
	return names;
}
