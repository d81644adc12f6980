import { render } from 'preact';
import { Host } from './host';
import { Page } from './page';
import { PageModel } from './model/pageModel';

/** Bins are no narrower than this; how wide the histogram is in fact is measured when it stands. */
const BIN_PX = 4;

const host = new Host();
const model = new PageModel(host, window.innerWidth / BIN_PX);
host.listen((message) => model.receive(message));
const root = document.createElement('div');
root.id = 'page';
document.body.append(root);
render(<Page model={model} />, root);
model.start(host.remembered());
