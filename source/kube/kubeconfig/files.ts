import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import * as text from '../../messages/en/kube.ts';
import { errorCode, KubeError } from '../errors.ts';
import type { Kubeconfig } from './entries.ts';
import { parseKubeconfig } from './parse.ts';

/** Which files would be read, and what named them. */
export interface KubeconfigPaths {
	paths: readonly string[];
	namedBy: 'flag' | 'environment' | 'default';
}

/** kubectl's order: `--kubeconfig`, else the list in `KUBECONFIG`, else `~/.kube/config`. */
export function kubeconfigPaths(flag: string | undefined, environment: NodeJS.ProcessEnv): KubeconfigPaths {
	if (flag) {
		return { paths: [resolve(flag)], namedBy: 'flag' };
	}
	const list = environment['KUBECONFIG'] ?? '';
	if (list !== '') {
		const paths = list.split(delimiter).filter((path) => path !== '');
		return { paths: [...new Set(paths.map((path) => resolve(path)))], namedBy: 'environment' };
	}
	return { paths: [join(environment['HOME'] || homedir(), '.kube', 'config')], namedBy: 'default' };
}

/**
 * Reads and merges: the first definition of a name wins whole, and the first file with a current-context decides it. A
 * file that does not exist is skipped, unless the flag named it.
 *
 * @throws KubeError kind `configuration`
 */
export async function readKubeconfig({ paths, namedBy }: KubeconfigPaths): Promise<Kubeconfig> {
	const parts: Kubeconfig[] = [];
	for (const path of paths) {
		let source: string;
		try {
			source = await readFile(path, 'utf8');
		} catch (error) {
			const code = errorCode(error);
			if (code === 'ENOENT' && namedBy !== 'flag') {
				continue;
			}
			throw new KubeError('configuration', text.unreadableKubeconfig(path, code), {
				id: code === 'ENOENT' ? 'kubeconfig-path-missing' : 'kubeconfig-unreadable',
				code,
			});
		}
		// A byte order mark is what Windows' editors and PowerShell's redirection leave.
		parts.push(await parseKubeconfig(source.replace(/^\ufeff/, ''), path));
	}
	return {
		files: parts.flatMap((part) => part.files),
		currentContext: parts.find((part) => part.currentContext !== '')?.currentContext ?? '',
		clusters: firstWins(parts.map((part) => part.clusters)),
		users: firstWins(parts.map((part) => part.users)),
		contexts: firstWins(parts.map((part) => part.contexts)),
	};
}

function firstWins<T>(maps: ReadonlyArray<ReadonlyMap<string, T>>): Map<string, T> {
	return new Map(maps.toReversed().flatMap((map) => [...map]));
}
