/** What we ask an API server to answer in, and what it answered in. */

export const protobufType = 'application/vnd.kubernetes.protobuf';
export const jsonType = 'application/json';

/** `Accept` of a list: protobuf where the server has it, JSON where not (aggregated API servers may choose). */
export const acceptList = `${protobufType},${jsonType}`;

/**
 * `Accept` of a watch. The API server knows the parameter `stream=watch`; it answers protobuf with that parameter and
 * JSON without it (k8s.io/apiserver/pkg/endpoints/handlers/watch.go).
 */
export const acceptWatch = `${protobufType};stream=watch,${jsonType};stream=watch`;

/** For servers and proxies that cannot pass protobuf on. */
export const acceptListJson = jsonType;
export const acceptWatchJson = `${jsonType};stream=watch`;

function mediaType(contentType: string): string {
	const end = contentType.indexOf(';');
	return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

export function isProtobuf(contentType: string): boolean {
	return mediaType(contentType) === protobufType;
}

export function isJson(contentType: string): boolean {
	const type = mediaType(contentType);
	return type === jsonType || type.endsWith('+json');
}
