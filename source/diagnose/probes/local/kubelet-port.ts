/** One kubelet, asked by this machine as nobody: whether it takes connections, what it presents, what it answers. */
import https from 'node:https';
import { presentable } from '../../../kube/redact.ts';
import type { Server } from '../../../kube/transport/server.ts';
import type { KubeletPortFacts } from '../../evidence/kubelet-port-facts.ts';
import { bracketed, readOnlyPort } from '../../evidence/kubelet-ports.ts';
import { dial, handshake } from './way.ts';

/** ms for each step */
const patience = 3_000;

export interface KubeletToAsk {
	node: string;
	address: string;
	port: number;
}

/** @param authority PEM that pods are given for such certificates, '' if it is not known */
export async function askKubeletPorts(
	{ address, node, port }: KubeletToAsk,
	authority: string,
	signal: AbortSignal,
): Promise<KubeletPortFacts> {
	const [secure, readOnly] = await Promise.all([
		dial(address, port, patience, signal),
		dial(address, readOnlyPort, patience, signal),
	]);
	const stands = secure.code === '';
	const shown = stands ? await handshake(serverAt(address, port, authority), patience, signal) : null;
	const answer = shown !== null && shown.chain.length > 0 ? await askAsNobody(address, port, signal) : nothing;
	return {
		node,
		address,
		port,
		code: secure.code,
		took: secure.took,
		handshake: shown,
		asPodsJudge: authority !== '',
		...answer,
		readOnlyCode: readOnly.code,
		readOnlyTook: readOnly.took,
	};
}

function serverAt(host: string, port: number, certificateAuthority: string): Server {
	const origin = `https://${bracketed(host)}:${port}`;
	return {
		secure: true,
		host,
		port,
		pathPrefix: '',
		origin,
		address: origin,
		certificateAuthority,
		tlsServerName: '',
		verify: false,
		proxy: null,
		assumedPlain: false,
	};
}

const nothing = { status: 0, words: '' };

/** Without any credential, so that it does not matter who answers. Nothing of the body but its first line is kept. */
function askAsNobody(
	host: string,
	port: number,
	signal: AbortSignal,
): Promise<Pick<KubeletPortFacts, 'status' | 'words'>> {
	const { promise, resolve } = Promise.withResolvers<Pick<KubeletPortFacts, 'status' | 'words'>>();
	const options = { host, port, path: '/metrics/resource', rejectUnauthorized: false, agent: false, timeout: patience };
	const request = https.get({ ...options, signal }, (response) => {
		const { statusCode = 0 } = response;
		response.once('data', (chunk: Buffer) => {
			resolve({ status: statusCode, words: presentable(chunk.toString('utf8').split('\n')[0] ?? '', 200) });
			response.destroy();
		});
		response.once('end', () => resolve({ status: statusCode, words: '' }));
		response.on('error', () => resolve({ status: statusCode, words: '' }));
	});
	request.on('timeout', () => request.destroy());
	request.on('error', () => resolve(nothing));
	return promise;
}
