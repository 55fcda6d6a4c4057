// The API page: hands our OpenAPI document to Swagger UI, which comes from an installed package. Nothing leaves this server.

const place = /** @type {HTMLElement} */ (document.getElementById("swagger"));

/** @type {any} */ (window).SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  validatorUrl: null,
  deepLinking: true,
});
