/** The server's pages are made when they are asked for first: by a client that does not count. */
import { hasAllPods } from './screen.ts';
import { Session } from './session.ts';

export async function makePages(kubeconfig: string): Promise<void> {
	const session = new Session(['--kubeconfig', kubeconfig]);
	try {
		await session.when(hasAllPods, 'all pods');
	} finally {
		await session.close();
	}
}
