// `vegaEmbed` is in scope where the bundle is built.
export default { initialize() { meeting().bring(vegaEmbed); } };
