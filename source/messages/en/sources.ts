/** What is wrong with an answer that cannot be read. `what` is what was asked for: `pods`, `node metrics` … */

export function notFromKubernetes(what: string, contentType: string): string {
	const got = contentType === '' ? 'something without a content type' : contentType;
	return `The answer to the request for ${what} is ${got}, neither JSON nor protobuf: what answers is probably not a Kubernetes API server but a proxy, a load balancer or a login page in front of it. Check the server's address.`;
}

export function damagedAnswer(what: string, format: string, reason: string): string {
	return `The answer to the request for ${what} cannot be read as ${format}: ${reason}. It was cut off or changed on its way; it will be asked for again.`;
}

export function refusedInstead(what: string, message: string): string {
	return `Instead of ${what} the API server sent: ${message}`;
}

/** Reasons that {@link damagedAnswer} fills in. */
export const damage = {
	endsTooEarly: 'it ends too early',
	noEnvelope: 'it does not begin with k8s',
	encoded: (encoding: string) => `its content is encoded as ${encoding}`,
	varint: 'a number in it is too long',
	tag: (field: number, wire: number) => `field ${field} has wire type ${wire}`,
	overrun: 'a part of it is longer than the whole',
	notJson: 'it is not complete JSON',
	notOfType: (field: string, type: string) => `${field} is not ${type}`,
	kind: (kind: string) => (kind === '' ? 'it does not say what it holds' : `it holds a ${kind}`),
	nameless: 'an object in it has no name',
	quantity: (text: string) => `“${text}” is not a quantity`,
	eventType: (type: string) => `“${type}” is no type of watch event`,
} as const;
