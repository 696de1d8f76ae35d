// Something that the server knows: loading, there, absent or out of reach. What was there stays while it loads again.

export class Remote {
  constructor(app, ask) {
    this.app = app;
    this.ask = ask;
    this.data = null;
    this.problem = null;
    this.loading = false;
    this.turn = 0;
    this.again = null;
  }

  /** Whether this server does not have the part at all. */
  get absent() {
    return this.problem?.status === 404 && this.data === null;
  }

  async load() {
    const turn = ++this.turn;
    this.loading = true;
    try {
      const data = await this.ask();
      if (turn !== this.turn) return;
      this.data = data;
      this.problem = null;
    } catch (problem) {
      if (turn !== this.turn) return;
      this.problem = problem;
    }
    this.loading = false;
    this.app.update();
  }

  /** Loads again soon: one time for everything that happens meanwhile. */
  soon(millis = 400) {
    if (this.again) return;
    this.again = setTimeout(() => {
      this.again = null;
      this.load();
    }, millis);
  }
}

/** A list with pages: the first, and more on demand. */
export class RemoteList extends Remote {
  constructor(app, askPage) {
    super(app, async () => {
      const page = await askPage(undefined);
      this.cursor = page.nextCursor;
      return page.items;
    });
    this.askPage = askPage;
    this.cursor = null;
    this.loadingMore = false;
  }

  async more() {
    this.loadingMore = true;
    this.app.update();
    try {
      const page = await this.askPage(this.cursor);
      this.data = [...this.data, ...page.items];
      this.cursor = page.nextCursor;
    } catch (problem) {
      this.problem = problem;
    }
    this.loadingMore = false;
    this.app.update();
  }

  /** Whether more than the first page is shown, which loading again would take away. */
  get grown() {
    return this.data !== null && this.data.length > 50;
  }
}
