/** Shows the API's own description; a request that is tried out carries the header that the API asks browsers for. */
globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // the library would ask a foreign server otherwise
  requestInterceptor: (request) => ({ ...request, headers: { ...request.headers, 'X-Nexus-CSRF': '1' } }),
});
