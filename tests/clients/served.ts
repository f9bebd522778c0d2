// Where the tests serve the API.
const address = process.env['SPONSORGRAPH_ADDRESS'];
if (address === undefined) throw new Error('The tests set SPONSORGRAPH_ADDRESS.');

export const url = `${address}/graphql`;
export const webSocketUrl = url.replace(/^http/, 'ws');
