/** The machines of a demo cluster whose files are there to be read: each made when it is asked for, and not before. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cannotWriteFiles, folderInUse } from '../../messages/en/demo.ts';
import { DockerEngine } from '../engine/docker.ts';
import { DemoError } from '../error.ts';
import type { NodeModel } from '../model/node.ts';
import type { DemoMachine } from '../options.ts';
import type { Service } from '../server/context.ts';
import { MachineFolder } from './machine-folder.ts';
import { makeFolder } from './make-folder.ts';

/** Says that a folder was written by a demo, which may write it anew. */
const mark = '.whytop-demo';

interface Opened {
	machine: DemoMachine;
	refresh(): Promise<void>;
	close(): Promise<void>;
}

export class Machines {
	readonly #service: Service;
	/** Where they are written; undefined for a new folder among the temporary ones. */
	readonly #folder: string | undefined;
	#temporary: Promise<string> | undefined;
	readonly #opened = new Map<NodeModel, Promise<Opened>>();

	constructor(service: Service, folder: string | undefined) {
		this.#service = service;
		this.#folder = folder === undefined ? undefined : resolve(folder);
	}

	/** The first worker with cgroup v2 and the first with v1, those with an engine before others. */
	get examples(): readonly NodeModel[] {
		return ([2, 1] as const)
			.map((version) => this.#first((node) => node.cgroupVersion === version))
			.filter((node) => node !== undefined);
	}

	#first(is: (node: NodeModel) => boolean): NodeModel | undefined {
		const workers = this.#service.cluster.world.nodes.filter((node) => node.role === 'worker' && is(node));
		return workers.find(({ docker }) => docker !== '') ?? workers[0];
	}

	/**
	 * The machine of a node, its files up to date. A virtual one has none.
	 * @param name of the node, '' for any
	 * @throws DemoError if its files cannot be written
	 */
	async open(name: string): Promise<DemoMachine | undefined> {
		const { nodes } = this.#service.cluster.world;
		const node = name === '' ? this.examples[0] : nodes.find((each) => each.name === name);
		if (!node || node.role === 'virtual') return undefined;
		let opening = this.#opened.get(node);
		if (!opening) {
			opening = this.#open(node);
			this.#opened.set(node, opening);
		}
		const { machine, refresh } = await opening;
		await refresh();
		return machine;
	}

	/** Ends all; what was written to a folder that somebody named stays. */
	async close(): Promise<void> {
		for (const opening of this.#opened.values()) await opening.then(({ close }) => close()).catch(() => {});
		if (this.#temporary) await rm(await this.#temporary, { recursive: true, force: true });
	}

	async #open(node: NodeModel): Promise<Opened> {
		const root = join(await this.#place(), node.name);
		await this.#claim(root);
		const files = new MachineFolder(this.#service, node, root);
		await files.open();
		const machine = { node: node.name, cgroupVersion: node.cgroupVersion, root, docker: '' };
		const refresh = (): Promise<void> => files.refresh();
		if (node.docker === '') return { machine, refresh, close: () => files.close() };
		const engine = new DockerEngine(this.#service, node);
		const docker = join(root, 'run', 'docker.sock');
		await makeFolder(join(root, 'run'));
		await engine.listen(docker);
		return {
			machine: { ...machine, docker },
			refresh,
			async close() {
				await engine.close();
				await files.close();
			},
		};
	}

	#place(): Promise<string> {
		if (this.#folder !== undefined) return Promise.resolve(this.#folder);
		this.#temporary ??= mkdtemp(join(tmpdir(), 'whytop-demo-'));
		return this.#temporary;
	}

	/** An empty folder: one that a demo wrote before is emptied, any other is left to whom it belongs. */
	async #claim(root: string): Promise<void> {
		const names = await readdir(root).catch((): string[] => []);
		if (names.length > 0 && !names.includes(mark)) throw new DemoError(folderInUse(root));
		try {
			await rm(root, { recursive: true, force: true });
			await makeFolder(root);
			await writeFile(join(root, mark), '');
		} catch (error) {
			throw new DemoError(cannotWriteFiles(root, error instanceof Error ? error.message : String(error)));
		}
	}
}
