// This bundle runs after htmx has looked through the page: what asks for events is looked at again.
document.querySelectorAll("[hx-sse\\:connect]").forEach((el) => htmx.process(el));
