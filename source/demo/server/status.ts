import type { JsonObject } from '../formats/json.ts';
import type { Request } from './users.ts';

/** An answer that is no success, as the API server writes it. */
export class ApiError extends Error {
	readonly code: number;
	readonly reason: string;
	readonly details: JsonObject | undefined;
	readonly retryAfter: number | undefined;
	readonly continueToken: string | undefined;

	constructor(
		code: number,
		reason: string,
		message: string,
		details?: JsonObject,
		extra: { retryAfter?: number; continueToken?: string } = {},
	) {
		super(message);
		this.code = code;
		this.reason = reason;
		this.details = details;
		this.retryAfter = extra.retryAfter;
		this.continueToken = extra.continueToken;
	}

	toStatus(): JsonObject {
		return {
			kind: 'Status',
			apiVersion: 'v1',
			metadata: this.continueToken === undefined ? {} : { continue: this.continueToken },
			status: 'Failure',
			message: this.message,
			reason: this.reason,
			...(this.details === undefined ? {} : { details: this.details }),
			code: this.code,
		};
	}
}

/** A name of a resource as error texts have it: `pods`, `nodes.metrics.k8s.io`. */
function qualified(group: string, resource: string): string {
	return group ? `${resource}.${group}` : resource;
}

export function badRequest(message: string): ApiError {
	return new ApiError(400, 'BadRequest', message);
}

export const unauthorized = (): ApiError => new ApiError(401, 'Unauthorized', 'Unauthorized');

export function forbidden(user: string, request: Request): ApiError {
	const { group, resource, subresource, namespace, name, verb } = request;
	const what = name ? `${qualified(group, resource)} "${name}"` : qualified(group, resource);
	const asked = subresource ? `${resource}/${subresource}` : resource;
	const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
	const message = `${what} is forbidden: User "${user}" cannot ${verb} resource "${asked}" in API group "${group}" ${where}`;
	const details = { ...(name ? { name } : {}), ...(group ? { group } : {}), kind: resource };
	return new ApiError(403, 'Forbidden', message, details);
}

export function forbiddenPath(user: string, verb: string, path: string): ApiError {
	return new ApiError(403, 'Forbidden', `forbidden: User "${user}" cannot ${verb} path "${path}"`, {});
}

export function notFound(group: string, resource: string, name: string): ApiError {
	const details = { name, ...(group ? { group } : {}), kind: resource };
	return new ApiError(404, 'NotFound', `${qualified(group, resource)} "${name}" not found`, details);
}

export const noSuchResource = (): ApiError =>
	new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});

export const methodNotAllowed = (): ApiError =>
	new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

export function watchNotSupported(group: string, resource: string): ApiError {
	const message = `watch is not supported on resources of kind "${qualified(group, resource)}"`;
	return new ApiError(405, 'MethodNotAllowed', message, { group, kind: resource });
}

export function notAcceptable(): ApiError {
	const types = ['application/json', 'application/vnd.kubernetes.protobuf'];
	const all = [...types, ...types.map((type) => `${type};stream=watch`)];
	return new ApiError(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${all.join(', ')}`, {});
}

export function expiredVersion(asked: number, oldest: number): ApiError {
	return new ApiError(410, 'Expired', `too old resource version: ${asked} (${oldest})`);
}

export function expiredContinue(token: string): ApiError {
	const message =
		'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
	return new ApiError(410, 'Expired', message, undefined, { continueToken: token });
}

export function versionTooLarge(asked: number, current: number): ApiError {
	const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
	const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
	return new ApiError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 }, { retryAfter: 1 });
}

export function initialEventsWithoutMatch(): ApiError {
	const reason = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
	const causes = [{ reason: 'FieldValueForbidden', message: reason, field: 'resourceVersionMatch' }];
	const message = `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${reason}`;
	return new ApiError(422, 'Invalid', message, { group: 'meta.k8s.io', kind: 'ListOptions', causes });
}
