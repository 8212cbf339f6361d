import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A certificate authority of one's own and a server certificate made by it, as PEM. node:crypto makes keys and
 * signatures but no certificates, so the few bytes of DER (RFC 5280) around them are written here.
 */
export interface ServerKeys {
	authority: string;
	certificate: string;
	key: string;
}

function element(tag: number, ...contents: readonly Buffer[]): Buffer {
	const body = Buffer.concat(contents);
	if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
	const length = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...contents: readonly Buffer[]): Buffer => element(0x30, ...contents);
const octets = (content: Buffer): Buffer => element(0x04, content);
const boolean = (value: boolean): Buffer => element(0x01, Buffer.from([value ? 255 : 0]));

function objectIdentifier(hexadecimal: string): Buffer {
	return element(0x06, Buffer.from(hexadecimal, 'hex'));
}

const commonName = objectIdentifier('550403');
const ecdsaWithSha256 = sequence(objectIdentifier('2a8648ce3d040302'));
const basicConstraints = objectIdentifier('551d13');
const keyUsage = objectIdentifier('551d0f');
const extendedKeyUsage = objectIdentifier('551d25');
const subjectKeyIdentifier = objectIdentifier('551d0e');
const authorityKeyIdentifier = objectIdentifier('551d23');
const subjectAlternativeName = objectIdentifier('551d11');
const serverAuthentication = objectIdentifier('2b06010505070301');

function name(text: string): Buffer {
	return sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(text)))));
}

/** UTCTime: two digits of the year, as the standard wants it before 2050. */
function time(at: number): Buffer {
	const digits = new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return element(0x17, Buffer.from(`${digits}Z`));
}

function extension(identifier: Buffer, critical: boolean, value: Buffer): Buffer {
	return critical ? sequence(identifier, boolean(true), octets(value)) : sequence(identifier, octets(value));
}

function keyIdentifier(key: KeyObject): Buffer {
	return createHash('sha1')
		.update(key.export({ type: 'spki', format: 'der' }))
		.digest();
}

interface Subject {
	name: string;
	key: KeyObject;
	extensions: readonly Buffer[];
}

function certify(subject: Subject, issuer: { name: string; key: KeyObject; privateKey: KeyObject }): string {
	const serial = randomBytes(16);
	// Positive and without leading zeros, whatever the first bits were.
	serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
	const now = Date.now();
	const extensions = sequence(
		...subject.extensions,
		extension(subjectKeyIdentifier, false, octets(keyIdentifier(subject.key))),
		extension(authorityKeyIdentifier, false, sequence(element(0x80, keyIdentifier(issuer.key)))),
	);
	const toBeSigned = sequence(
		element(0xa0, element(0x02, Buffer.from([2]))),
		element(0x02, serial),
		ecdsaWithSha256,
		name(issuer.name),
		sequence(time(now - 3_600_000), time(now + 366 * 24 * 3_600_000)),
		name(subject.name),
		subject.key.export({ type: 'spki', format: 'der' }),
		element(0xa3, extensions),
	);
	const signature = sign('sha256', toBeSigned, issuer.privateKey);
	const der = sequence(toBeSigned, ecdsaWithSha256, element(0x03, Buffer.from([0]), signature));
	const lines = der.toString('base64').replace(/(.{64})(?!$)/g, '$1\n');
	return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** Makes keys and certificates for a server on 127.0.0.1 (also `localhost`); they are good for a year. */
export function makeServerKeys(): ServerKeys {
	const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const server = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const issuer = { name: 'whytop demo authority', key: authority.publicKey, privateKey: authority.privateKey };
	const authorityExtensions = [
		extension(basicConstraints, true, sequence(boolean(true))),
		// keyCertSign and cRLSign.
		extension(keyUsage, true, element(0x03, Buffer.from([1, 0x06]))),
	];
	const addresses = sequence(
		element(0x82, Buffer.from('localhost')),
		element(0x82, Buffer.from('kubernetes.default.svc')),
		element(0x87, Buffer.from([127, 0, 0, 1])),
	);
	const serverExtensions = [
		extension(basicConstraints, true, sequence()),
		extension(keyUsage, true, element(0x03, Buffer.from([7, 0x80]))),
		extension(extendedKeyUsage, false, sequence(serverAuthentication)),
		extension(subjectAlternativeName, false, addresses),
	];
	return {
		authority: certify({ name: issuer.name, key: authority.publicKey, extensions: authorityExtensions }, issuer),
		certificate: certify({ name: 'whytop demo', key: server.publicKey, extensions: serverExtensions }, issuer),
		key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}
