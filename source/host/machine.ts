/** What a machine says of itself: its name, its system, when it was started. */
import { arch, hostname } from 'node:os';
import { clean } from '../model/clean.ts';
import { under } from './cgroup/mounts.ts';
import { readText } from './files.ts';
import { kernelVersion } from './kernel.ts';

export interface Machine {
	name: string;
	/** `Debian GNU/Linux 12 (bookworm)`, '' if it does not say. */
	system: string;
	kernel: string;
	/** In Kubernetes' words: `amd64`, `arm64`. */
	architecture: string;
}

/** Node.js' names where Go has others. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/** Never throws. Under another root, this program's processor is taken for that machine's. */
export async function readMachine(root = '/'): Promise<Machine> {
	const [name, release, kernel] = await Promise.all([
		root === '/' ? hostname() : readText(under(root, '/etc/hostname')).then(({ text }) => text.trim() || hostname()),
		osRelease(root),
		kernelVersion(root),
	]);
	return { name: clean(name), system: release, kernel: clean(kernel), architecture: architectures[arch()] ?? arch() };
}

/** PRETTY_NAME of os-release(5): text in quotes as a shell would write it. */
async function osRelease(root: string): Promise<string> {
	for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
		const { text } = await readText(under(root, path));
		const value = /^PRETTY_NAME=(.*)$/m.exec(text)?.[1];
		if (value !== undefined) {
			const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2');
			return clean(bare.replace(/\\(["'$`\\])/g, '$1'));
		}
	}
	return '';
}
