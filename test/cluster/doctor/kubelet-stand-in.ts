/** A small server in the place of a kubelet, for what a real one does only when it is misconfigured. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stateFolder } from '../rig.ts';

const execute = promisify(execFile);

export interface StandIn {
	port: number;
	close(): Promise<void>;
}

export interface Behaviour {
	/** In its certificate, which is of the cluster's authority: `IP:127.0.0.1`, `DNS:…`. */
	names?: string;
	/** HTTP status of every answer; null for none, ever. */
	status: number | null;
}

export async function standInForKubelet({ names = 'IP:127.0.0.1', status }: Behaviour): Promise<StandIn> {
	const server: Server = createServer(await certificate(names), (_request, response) => {
		if (status !== null) {
			response.writeHead(status, { 'content-type': 'text/plain' }).end('Unauthorized');
		}
	});
	server.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}

async function certificate(names: string): Promise<{ key: Buffer; cert: Buffer }> {
	const folder = await mkdtemp(join(tmpdir(), 'whytop-kubelet-'));
	const file = (name: string) => join(folder, name);
	const authority = join(stateFolder, 'keys', 'cluster-authority');
	try {
		await writeFile(file('extensions'), `extendedKeyUsage=serverAuth\nsubjectAltName=${names}\n`);
		await execute('openssl', [
			...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
			...['-keyout', file('key'), '-out', file('request'), '-subj', '/CN=kubelet'],
		]);
		await execute('openssl', [
			...['x509', '-req', '-in', file('request'), '-days', '1', '-CA', `${authority}.crt`],
			...[
				'-CAkey',
				`${authority}.key`,
				'-set_serial',
				'1',
				'-extfile',
				file('extensions'),
				'-out',
				file('certificate'),
			],
		]);
		return { key: await readFile(file('key')), cert: await readFile(file('certificate')) };
	} finally {
		await rm(folder, { recursive: true });
	}
}
