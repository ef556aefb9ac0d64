#!/bin/sh
# Makes the image onshisim-postgres of this machine's PostgreSQL and the libraries that it needs, as Debian packages them
# (postgresql): the tests of the national layout run where no image can be pulled. It understands as much of the official
# image's environment as docker-compose.yml uses.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
[ -x "$programs/postgres" ] || { echo "There is no PostgreSQL in /usr/lib/postgresql: install Debian's postgresql." >&2; exit 1; }
version=$(basename "$(dirname "$programs")")

root=$(mktemp -d)
trap 'rm -rf "$root" "$root.tar"' EXIT
add() { cp --recursive --dereference --parents "$@" "$root"; }
set -- /bin/sh "$programs/postgres" "$programs/initdb" "$programs/pg_isready" "$programs/psql"
add "$@" "/usr/lib/postgresql/$version/lib"/*.so "/usr/share/postgresql/$version" /usr/share/zoneinfo
rm -f "$root/usr/lib/postgresql/$version/lib"/llvmjit*.so # the compiler that it needs is larger than all the rest
for library in $(ldd "$@" | awk '$3 ~ "^/" { print $3 } $1 ~ "^/.*[^:]$" { print $1 }' | sort -u); do add "$library"; done
mkdir -p "$root/etc" "$root/tmp" "$root/var/run/postgresql" "$root/var/lib/postgresql/data"
chmod 755 "$root"
chmod 1777 "$root/tmp" "$root/var/run/postgresql"
cp "$here/entrypoint.sh" "$root/"
echo 'postgres:x:999:999::/var/lib/postgresql:/bin/sh' >"$root/etc/passwd"
echo 'postgres:x:999:' >"$root/etc/group"

tar --create --file "$root.tar" --owner 0 --group 0 --exclude ./var --directory "$root" .
tar --append --file "$root.tar" --owner 999 --group 999 --directory "$root" ./var # the server's own
docker import --change "USER postgres" --change "ENV PATH=$programs:/bin PGDATA=/var/lib/postgresql/data" \
  --change 'ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]' --change 'EXPOSE 5432' "$root.tar" onshisim-postgres
