import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface KeyPair {
	certificate: string;
	key: string;
}

/** From when until when a certificate is good, ms since 1970. */
export interface Validity {
	from: number;
	until: number;
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

const commonNamePart = objectIdentifier('550403');
const organizationPart = objectIdentifier('55040a');
const ecdsaWithSha256 = sequence(objectIdentifier('2a8648ce3d040302'));
const basicConstraints = objectIdentifier('551d13');
const keyUsage = objectIdentifier('551d0f');
const extendedKeyUsage = objectIdentifier('551d25');
const subjectKeyIdentifier = objectIdentifier('551d0e');
const authorityKeyIdentifier = objectIdentifier('551d23');
const subjectAlternativeName = objectIdentifier('551d11');
const serverAuthentication = objectIdentifier('2b06010505070301');
const clientAuthentication = objectIdentifier('2b06010505070302');

function name(text: string, organizations: readonly string[] = []): Buffer {
	const part = (kind: Buffer, value: string): Buffer =>
		element(0x31, sequence(kind, element(0x0c, Buffer.from(value))));
	return sequence(...organizations.map((one) => part(organizationPart, one)), part(commonNamePart, text));
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

interface Subject extends Validity {
	name: Buffer;
	key: KeyObject;
	extensions: readonly Buffer[];
}

function certify(subject: Subject, issuer: { name: Buffer; key: KeyObject; privateKey: KeyObject }): string {
	const serial = randomBytes(16);
	// Positive and without leading zeros, whatever the first bits were.
	serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
	const extensions = sequence(
		...subject.extensions,
		extension(subjectKeyIdentifier, false, octets(keyIdentifier(subject.key))),
		extension(authorityKeyIdentifier, false, sequence(element(0x80, keyIdentifier(issuer.key)))),
	);
	const toBeSigned = sequence(
		element(0xa0, element(0x02, Buffer.from([2]))),
		element(0x02, serial),
		ecdsaWithSha256,
		issuer.name,
		sequence(time(subject.from), time(subject.until)),
		subject.name,
		subject.key.export({ type: 'spki', format: 'der' }),
		element(0xa3, extensions),
	);
	const signature = sign('sha256', toBeSigned, issuer.privateKey);
	const der = sequence(toBeSigned, ecdsaWithSha256, element(0x03, Buffer.from([0]), signature));
	const lines = der.toString('base64').replace(/(.{64})(?!$)/g, '$1\n');
	return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const hour = 3_600_000;
const year = 365 * 24 * hour;

const makeKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/**
 * A certificate authority of one's own. Without a name they are all called the same, as those that kubeadm makes: after a
 * cluster was made anew, only the key tells them apart. node:crypto makes keys and signatures but no certificates, so the few bytes
 * of DER (RFC 5280) around them are written in this file.
 */
export class Authority {
	/** Its own, as PEM. */
	readonly certificate: string;
	readonly #issuer: { name: Buffer; key: KeyObject; privateKey: KeyObject };

	constructor(commonName = 'whytop demo authority', organizations: readonly string[] = []) {
		const { privateKey, publicKey } = makeKeys();
		this.#issuer = { name: name(commonName, organizations), key: publicKey, privateKey };
		const now = Date.now();
		this.certificate = certify(
			{
				name: this.#issuer.name,
				key: publicKey,
				// As kubeadm's.
				from: now - hour,
				until: now + 10 * year,
				extensions: [
					extension(basicConstraints, true, sequence(boolean(true))),
					// keyCertSign and cRLSign.
					extension(keyUsage, true, element(0x03, Buffer.from([1, 0x06]))),
				],
			},
			this.#issuer,
		);
	}

	/** A certificate for a server of these names and IPv4 addresses. */
	forServer(names: readonly string[], addresses: readonly string[], validity: Validity): KeyPair {
		const alternatives = [
			...names.map((one) => element(0x82, Buffer.from(one))),
			...addresses.map((one) => element(0x87, Buffer.from(one.split('.').map(Number)))),
		];
		return this.#issue(name('whytop demo'), validity, serverAuthentication, [
			extension(subjectAlternativeName, false, sequence(...alternatives)),
		]);
	}

	/** A certificate by which a client says who it is. */
	forClient(user: string, groups: readonly string[], validity: Validity): KeyPair {
		return this.#issue(name(user, groups), validity, clientAuthentication, []);
	}

	#issue(subject: Buffer, validity: Validity, usage: Buffer, more: readonly Buffer[]): KeyPair {
		const { privateKey, publicKey } = makeKeys();
		const extensions = [
			extension(basicConstraints, true, sequence()),
			extension(keyUsage, true, element(0x03, Buffer.from([7, 0x80]))),
			extension(extendedKeyUsage, false, sequence(usage)),
			...more,
		];
		return {
			certificate: certify({ name: subject, key: publicKey, ...validity, extensions }, this.#issuer),
			key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		};
	}
}
