/** The machine of a node of the embedded cluster, as if whytop ran there. */
import type { Demo } from '../demo/options.ts';
import type { Machine } from '../gather/subject.ts';

/** @throws DemoError if its files cannot be written */
export async function demoMachine(
	demo: Demo,
	node: string,
	environment: NodeJS.ProcessEnv,
): Promise<Machine | undefined> {
	const machine = await demo.machine(node);
	return machine === undefined
		? undefined
		: {
				root: machine.root,
				refresh: async () => {
					await demo.machine(node);
				},
				// The engine of this machine is no part of the embedded cluster.
				environment: { ...environment, DOCKER_HOST: `unix://${machine.docker || `${machine.root}/run/docker.sock`}` },
			};
}
